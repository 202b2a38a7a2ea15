import type { Tally } from '../../analysis.schema';

/** How often each text occurs, in bounded memory: once so many are known, further new ones are only counted as that. */
export class TextCounter {
  private readonly counts = new Map<string, number>();
  capped = false;

  constructor(private readonly mostDistinct: number) {}

  get distinct(): number {
    return this.counts.size;
  }

  add(text: string): void {
    const known = this.counts.get(text);
    if (known !== undefined) {
      this.counts.set(text, known + 1);
      return;
    }
    if (this.counts.size >= this.mostDistinct) this.capped = true;
    else this.counts.set(ownCopy(text), 1);
  }

  /** Most frequent first, equal ones by the alphabet. */
  top(most: number, atLeast = 1): Tally[] {
    return [...this.counts]
      .filter(([, count]) => count >= atLeast)
      .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([text, count]) => ({ text, count }));
  }
}

/** A piece of a long text keeps all of that text in memory (V8 slices from 13 characters on), so what is kept is copied. */
export const ownCopy = (text: string): string =>
  text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');
