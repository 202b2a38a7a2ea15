import type { ReactNode } from 'react';

export interface DataColumn<T> {
  id: string;
  header: ReactNode;
  cell: (row: T) => ReactNode;
  align?: 'left' | 'right';
  /**
   * Below 640 px a row becomes a card: its `title` column stands on top, `value` columns follow with their label, `hidden` ones are
   * left out. Default: the first column is the title, the others are hidden.
   */
  narrow?: 'title' | 'value' | 'hidden';
  /** The server can sort by it: this word goes to `onSort`. */
  sort?: string;
  /** Holds buttons or links of its own, which must stay above the row's link. */
  interactive?: boolean;
  /** CSS width, e.g. "120px" or "40%". */
  width?: string;
}

/** `-name` is descending, as in the addresses of our lists. */
export interface SortState {
  by: string;
  descending: boolean;
}
