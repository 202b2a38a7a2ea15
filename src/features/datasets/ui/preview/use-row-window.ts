'use client';

import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { boxHeight, follow, type Place, placeAt, reveal, settle } from './scroll-scale';

interface RowWindowOptions {
  count: number;
  rowPx: number;
  /** Height of what stays above the rows. */
  headPx: number;
  /** Rows kept ready on either side of those in sight. */
  overscan: number;
  /** Index of the row to begin with. */
  top: number;
}

/** Rows in sight, and how far the content is ahead of the box it scrolls in. */
interface Shown {
  from: number;
  to: number;
  shift: number;
}

/** Before the box is measured (on the server too) as many rows as fit a usual screen. */
const USUAL_PX = 528;
const STILL_MS = 150;

/**
 * The rows of a long list that exist at a time, all of one height, in a box that scrolls. Positions are kept as pixels of
 * all rows together, whatever the browser can show of them (scroll-scale.ts).
 */
export function useRowWindow({ count, rowPx, headPx, overscan, top }: RowWindowOptions) {
  const box = useRef<HTMLDivElement>(null);
  const content = count * rowPx;
  const extent = useRef({ content, view: USUAL_PX });
  const place = useRef<Place>({ box: top * rowPx, top: top * rowPx });
  const shownAt = useCallback(
    (at: Place): Shown => ({
      from: Math.floor(at.top / rowPx),
      to: Math.ceil((at.top + extent.current.view) / rowPx),
      shift: at.top - at.box,
    }),
    [rowPx],
  );
  const [shown, setShown] = useState(() => shownAt(place.current));

  const show = useCallback(
    (next: Place) => {
      place.current = next;
      const now = shownAt(next);
      setShown((before) =>
        before.from === now.from && before.to === now.to && before.shift === now.shift ? before : now,
      );
    },
    [shownAt],
  );
  /** Takes the box there as well. Rows first, so that they are in sight when it arrives. */
  const go = useCallback(
    (next: Place) => {
      if (next === place.current) return;
      show(next);
      if (box.current) box.current.scrollTop = next.box;
    },
    [show],
  );

  useLayoutEffect(() => {
    extent.current.content = content;
    // Fewer rows than before: what was in sight may be gone.
    if (box.current && content > 0) show(follow(place.current, box.current.scrollTop, extent.current));
  }, [content, show]);

  // The box is there once there are rows, and comes back to where it was.
  const isEmpty = count === 0;
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || isEmpty) return;
    const measure = () => {
      extent.current.view = Math.max(rowPx, element.clientHeight - headPx);
      show(place.current);
    };
    measure();
    const begin = placeAt(place.current.top, extent.current);
    show(begin);
    element.scrollTop = begin.box;
    let still: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      // At once: a frame without rows would be seen.
      flushSync(() => show(follow(place.current, element.scrollTop, extent.current)));
      clearTimeout(still);
      still = setTimeout(() => flushSync(() => go(settle(place.current, extent.current))), STILL_MS);
    };
    const size = new ResizeObserver(measure);
    size.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(still);
      size.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [isEmpty, rowPx, headPx, show, go]);

  const revealRow = useCallback(
    (index: number) => go(reveal(place.current, { start: index * rowPx, height: rowPx }, extent.current)),
    [go, rowPx],
  );

  const height = boxHeight({ content });
  const first = Math.max(0, shown.from - overscan);
  const last = Math.min(count, shown.to + overscan);
  const before = Math.max(0, first * rowPx - shown.shift);
  const after = Math.max(0, height - before - (last - first) * rowPx);
  return { box, height, before, after, first, last, from: shown.from, to: Math.min(shown.to, count - 1), revealRow };
}
