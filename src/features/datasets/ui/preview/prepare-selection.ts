/** Which rows are meant: some of them, or all that match the filter (loaded or not). */
export interface Selection {
  all: boolean;
  ids: ReadonlySet<string>;
  /** Where a range that Shift extends begins. */
  anchor: number | null;
}

/** As many as a change takes one by one; more are reached by a filter. */
export const MOST_SELECTED = 1000;

export const NOTHING_SELECTED: Selection = { all: false, ids: new Set(), anchor: null };

export const ALL_SELECTED: Selection = { all: true, ids: new Set(), anchor: null };

interface Window {
  rows: readonly { id: string }[];
  /** Index in the whole list of the first of the rows. */
  first: number;
}

/**
 * A click on the box of a row, by its index in the whole list. With Shift every loaded row from the last one clicked to this
 * one becomes like this one would.
 */
export function toggleRow(selection: Selection, { rows, first }: Window, index: number, range: boolean): Selection {
  const row = rows[index - first];
  if (!row || selection.all) return selection;
  const on = !selection.ids.has(row.id);
  const from = range && selection.anchor !== null ? selection.anchor : index;
  const [low, high] = [Math.min(from, index), Math.max(from, index)];
  const ids = new Set(selection.ids);
  for (const { id } of rows.slice(Math.max(0, low - first), high - first + 1)) {
    if (!on) ids.delete(id);
    else if (ids.size < MOST_SELECTED) ids.add(id);
  }
  return { all: false, ids, anchor: index };
}

/** Copies are made row by row, so all that match can be duplicated only where they are known to be few. */
export const canDuplicate = ({ all }: Selection, matches: number | null): boolean =>
  !all || (matches !== null && matches <= MOST_SELECTED);

export const isSelected = ({ all, ids }: Selection, id: string): boolean => all || ids.has(id);

/** What the box above the rows shows. */
export const selectionState = ({ all, ids }: Selection): boolean | 'indeterminate' =>
  all ? true : ids.size > 0 ? 'indeterminate' : false;
