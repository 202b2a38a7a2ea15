import { rowCursor, rowOfCursor } from '../../row-cursor.rules';

/** Where the pages of a list are, by their places from 0; a page is known by the cursor that leads to it. */
export interface Trail {
  /** Pages whose cursor is known. */
  readonly length: number;
  /** Place of the page with this cursor; -1 for one that was never on the way. */
  indexOf(cursor: string): number;
  /** Cursor of the page at a place, or of the nearest one known. */
  at(index: number): string;
  /** Cursor of the page before, null for the first. */
  before(cursor: string): string | null;
  /** Cursor of the page after the one at `cursor`, null for the last. `next` is what that page said. */
  after(cursor: string, next: string | null): string | null;
  /** After the page at `cursor` comes the one at `next`. */
  note(cursor: string, next: string | null): void;
}

/** A list whose rows are counted can be entered anywhere: every page is known by the number of rows before it. */
export class CountedTrail implements Trail {
  readonly length: number;

  constructor(
    rows: number,
    private readonly pageRows: number,
  ) {
    this.length = Math.max(1, Math.ceil(rows / pageRows));
  }

  indexOf(cursor: string): number {
    const row = cursor === '' ? 0 : rowOfCursor(cursor);
    return row === null ? -1 : Math.floor(row / this.pageRows);
  }

  at(index: number): string {
    return rowCursor(Math.max(0, Math.min(index, this.length - 1)) * this.pageRows);
  }

  before(cursor: string): string | null {
    const index = this.indexOf(cursor);
    return index > 0 ? this.at(index - 1) : null;
  }

  after(cursor: string): string | null {
    const index = this.indexOf(cursor) + 1;
    return index < this.length ? this.at(index) : null;
  }

  note(): void {
    // Nothing is news.
  }
}

/**
 * The way through a list that is paged by key: the cursor of every page that was ever seen, in order. A key leads only
 * forward; what was seen on the way makes it possible to let pages go and to come back to them.
 */
export class PageTrail implements Trail {
  private cursors: string[] = [''];
  private places = new Map([['', 0]]);

  get length(): number {
    return this.cursors.length;
  }

  indexOf(cursor: string): number {
    return this.places.get(cursor) ?? -1;
  }

  at(index: number): string {
    return this.cursors[Math.max(0, Math.min(index, this.cursors.length - 1))] ?? '';
  }

  before(cursor: string): string | null {
    return this.cursors[this.indexOf(cursor) - 1] ?? null;
  }

  after(_cursor: string, next: string | null): string | null {
    return next;
  }

  /** When that is news, what was known beyond it no longer holds. */
  note(cursor: string, next: string | null): void {
    const index = this.indexOf(cursor);
    if (index < 0 || (next !== null && this.cursors[index + 1] === next)) return;
    for (const lost of this.cursors.splice(index + 1)) this.places.delete(lost);
    if (next === null) return;
    this.places.set(next, this.cursors.length);
    this.cursors.push(next);
  }
}
