/**
 * Browsers cut elements off: Firefox at 17.9 million px, Chrome and Safari at 33.5 million. Content that is higher scrolls in
 * a box of this height: near both ends and in small steps pixel for pixel, in between in proportion.
 */
export const MAX_BOX_PX = 15_000_000;
/** From either end so far box and content go pixel for pixel. */
const END_PX = 1_000_000;
/** No wheel, key or finger moves so far between two events; the bar moves further with each pixel of its own. */
const JUMP_PX = 5000;
/** So far box and content may be apart before the box is set right. */
const DRIFT_PX = 2000;

export interface Extent {
  /** Height of all rows. */
  content: number;
  /** Height of what is in sight of them. */
  view: number;
}

export interface Place {
  /** Scroll position of the box. */
  box: number;
  /** How far into the content the view begins. */
  top: number;
}

export const boxHeight = ({ content }: Pick<Extent, 'content'>): number => Math.min(content, MAX_BOX_PX);

const lastTop = ({ content, view }: Extent): number => Math.max(0, content - view);
const lastBox = (extent: Extent): number => lastTop({ ...extent, content: boxHeight(extent) });
const within = (value: number, most: number): number => Math.max(0, Math.min(value, most));

/** Part of the content that one pixel of the box stands for between the ends. */
const ratio = (extent: Extent): number => (lastTop(extent) - 2 * END_PX) / (lastBox(extent) - 2 * END_PX);

/** Where the box has to be for content from `top` on to be in sight. */
export function placeAt(top: number, extent: Extent): Place {
  const most = lastTop(extent);
  const to = Math.round(within(top, most));
  if (extent.content <= MAX_BOX_PX || to <= END_PX) return { box: to, top: to };
  if (to >= most - END_PX) return { box: lastBox(extent) - (most - to), top: to };
  return { box: Math.round(END_PX + (to - END_PX) / ratio(extent)), top: to };
}

/** What the box shows when it is taken to a position from anywhere. */
function jumpTo(box: number, extent: Extent): Place {
  const most = lastBox(extent);
  if (box <= END_PX) return { box, top: Math.max(0, box) };
  if (box >= most - END_PX) return { box, top: lastTop(extent) - Math.max(0, most - box) };
  return { box, top: Math.round(END_PX + (box - END_PX) * ratio(extent)) };
}

/** What is in sight once the box has been scrolled to `box`. */
export function follow(before: Place, box: number, extent: Extent): Place {
  if (extent.content <= MAX_BOX_PX) return { box, top: within(box, lastTop(extent)) };
  const step = box - before.box;
  const isEnd = box <= 0 || box >= lastBox(extent) - 1;
  if (isEnd || Math.abs(step) > JUMP_PX) return jumpTo(box, extent);
  return { box, top: within(before.top + step, lastTop(extent)) };
}

/** The same rows with the box where it belongs, once it stands still; the place itself while they are not far apart. */
export function settle(place: Place, extent: Extent): Place {
  const right = placeAt(place.top, extent);
  return Math.abs(right.box - place.box) > DRIFT_PX ? right : place;
}

/** Scrolls as little as it takes to have one row in sight. */
export function reveal(place: Place, row: { start: number; height: number }, extent: Extent): Place {
  const end = row.start + row.height;
  if (row.start < place.top) return placeAt(row.start, extent);
  return end > place.top + extent.view ? placeAt(end - extent.view, extent) : place;
}
