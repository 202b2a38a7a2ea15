/**
 * The way through a list that is paged by key: the cursor of every page that was ever seen, in order. A key leads only
 * forward; what was seen on the way makes it possible to let pages go and to come back to them.
 */
export class PageTrail {
  private cursors: string[] = [''];
  private places = new Map([['', 0]]);

  /** Pages whose cursor is known. */
  get length(): number {
    return this.cursors.length;
  }

  /** Place of the page with this cursor, from 0; -1 for one that was never on the way. */
  indexOf(cursor: string): number {
    return this.places.get(cursor) ?? -1;
  }

  /** Cursor of the page at a place, or of the last one known. */
  at(index: number): string {
    return this.cursors[Math.max(0, Math.min(index, this.cursors.length - 1))] ?? '';
  }

  /** Cursor of the page before, null for the first. */
  before(cursor: string): string | null {
    return this.cursors[this.indexOf(cursor) - 1] ?? null;
  }

  /** After the page at `cursor` comes the one at `next`. When that is news, what was known beyond it no longer holds. */
  note(cursor: string, next: string | null): void {
    const index = this.indexOf(cursor);
    if (index < 0 || (next !== null && this.cursors[index + 1] === next)) return;
    for (const lost of this.cursors.splice(index + 1)) this.places.delete(lost);
    if (next === null) return;
    this.places.set(next, this.cursors.length);
    this.cursors.push(next);
  }
}
