import { WORD } from './lexicon';
import type { RowSigns } from './row-signs';

/** Words of a longer text that are looked at. */
const LOOKED_AT = 400;

/**
 * The distinct words, common ones aside, of a text with the smallest hashes, as many as `into` holds: two texts that share words share the ones
 * chosen, whatever else is in them.
 *
 * @returns how many there are; `into` has them in ascending order
 */
export function sampleWords(
  signs: Pick<RowSigns, 'words' | 'bits'>,
  from: number,
  to: number,
  into: Int32Array,
): number {
  const { words, bits } = signs;
  let size = 0;
  const end = Math.min(to, from + LOOKED_AT);
  for (let i = from; i < end; i++) {
    if ((bits[i] as number) & WORD.common) continue;
    const word = words[i] as number;
    if (size === into.length && word >= (into[size - 1] as number)) continue;
    let at = size;
    while (at > 0 && (into[at - 1] as number) > word) at--;
    if (at > 0 && into[at - 1] === word) continue;
    if (size < into.length) size++;
    for (let k = size - 1; k > at; k--) into[k] = into[k - 1] as number;
    into[at] = word;
  }
  return size;
}

const SLOTS = 1 << 11;
const MAX_WORDS = 700;

/** The words of one text, to ask whether one is among them. Filling it again costs no clearing. */
export class WordSet {
  private readonly words = new Int32Array(SLOTS);
  private readonly turns = new Int32Array(SLOTS);
  private turn = 0;

  fill(words: Int32Array, from: number, to: number): void {
    this.turn++;
    const end = Math.min(to, from + MAX_WORDS);
    for (let i = from; i < end; i++) {
      const place = this.find(words[i] as number);
      this.words[place] = words[i] as number;
      this.turns[place] = this.turn;
    }
  }

  has(word: number): boolean {
    return this.turns[this.find(word)] === this.turn;
  }

  private find(word: number): number {
    let place = (word >>> 1) & (SLOTS - 1);
    while (this.turns[place] === this.turn && this.words[place] !== word) place = (place + 1) & (SLOTS - 1);
    return place;
  }
}
