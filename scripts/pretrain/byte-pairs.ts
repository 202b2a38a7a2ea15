import { splitPieces } from '../../src/trainer/model/tokenizer';

const FIRST_BYTE = 6;
const FIRST_MERGE = FIRST_BYTE + 256;
const PAIR_BASE = 65_536;

interface Word {
  ids: number[];
  readonly count: number;
}

/** Learns the merges of a byte-pair encoding: again and again the most frequent pair of neighbours becomes a token. */
export function learnMerges(texts: readonly string[], vocabulary: number): [number, number][] {
  const words = countWords(texts);
  const merges: [number, number][] = [];
  const frequency = new Map<number, number>();
  const where = new Map<number, Set<number>>();

  const count = (index: number, sign: 1 | -1) => {
    const { ids, count: times } = words[index] as Word;
    for (let i = 0; i + 1 < ids.length; i++) {
      const pair = (ids[i] as number) * PAIR_BASE + (ids[i + 1] as number);
      frequency.set(pair, (frequency.get(pair) ?? 0) + sign * times);
      if (sign < 0) continue;
      const places = where.get(pair) ?? new Set();
      where.set(pair, places.add(index));
    }
  };
  words.forEach((_, index) => {
    count(index, 1);
  });
  while (FIRST_MERGE + merges.length < vocabulary) {
    const best = mostFrequent(frequency);
    if (best === null) break;
    const [left, right] = [Math.floor(best / PAIR_BASE), best % PAIR_BASE];
    const id = FIRST_MERGE + merges.length;
    merges.push([left, right]);
    for (const index of where.get(best) ?? []) {
      const word = words[index] as Word;
      count(index, -1);
      word.ids = joined(word.ids, left, right, id);
      count(index, 1);
    }
    frequency.delete(best);
  }
  return merges;
}

/** Words that occur more than once, as bytes. */
function countWords(texts: readonly string[]): Word[] {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of splitPieces(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].flatMap(([word, count]) => {
    return count > 1 ? [{ ids: Array.from(Buffer.from(word), (byte) => byte + FIRST_BYTE), count }] : [];
  });
}

/** The pair that occurs most often, more than once; of equals the one with the lower ids. */
function mostFrequent(frequency: ReadonlyMap<number, number>): number | null {
  let best = -1;
  let most = 1;
  for (const [pair, times] of frequency) {
    if (times > most || (times === most && pair < best)) {
      best = pair;
      most = times;
    }
  }
  return best < 0 ? null : best;
}

function joined(ids: readonly number[], left: number, right: number, id: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === left && ids[i + 1] === right) {
      result.push(id);
      i++;
    } else {
      result.push(ids[i] as number);
    }
  }
  return result;
}
