import type { ContentHash } from '../content-hash';
import type { RowEngine } from '../o200k/row-engine';

/** Bins of a signature (assembly/rows/min-hash.ts): 64 numbers of which two texts share about as many as they share runs of three words. */
const BINS = 64;
/** Places of what is known of the kin of a row in the engine's memory: see assembly/rows/kin.ts. */
const KIN = { row: 0, copyOf: 1, nearLine: 2, unlikeBins: 3, sameQuestionLine: 4, otherRow: 5 } as const;

/** What earlier rows have in common with one. */
export interface Kin {
  /** Number of the row whose group this one is in; -1 = a group of its own that nothing can join. */
  row: number;
  /** Line of an earlier row that is exactly the same; 0 = none. */
  copyOf: number;
  /** Line of an earlier row that has nearly the same words; 0 = none. */
  nearLine: number;
  /** How alike the two are, 0 to 1. */
  likeness: number;
  /** Line of the earlier row that has the same question; 0 = none. */
  sameQuestionLine: number;
  /** A row of another group that is nearly the same: the two may be on different sides; -1 = none. */
  otherRow: number;
}

export interface KinRow {
  line: number;
  hash: ContentHash;
  question: ContentHash;
  words: Int32Array;
  /** Words of the row: the first ones of `words`. */
  count: number;
}

/**
 * Finds rows that are the same as an earlier one, ask the same, or say nearly the same, and puts them into groups; the engine
 * remembers them, for one file at a time. What it finds depends on the rows and their order alone.
 */
export class NearIndex {
  constructor(
    private readonly engine: RowEngine,
    nearDuplicates: boolean,
  ) {
    engine.exports.startKin(nearDuplicates);
  }

  /** Looks a row up and remembers it, unless it is an exact copy of an earlier one. @returns whether it has any kin */
  add({ line, hash, question, words, count }: KinRow): boolean {
    const { engine } = this;
    engine.bringWords(words, count);
    return engine.exports.findKin(line, hash.high, hash.low, question.high, question.low, count) !== 0;
  }

  /** The kin of the row that was added last. */
  get kin(): Kin {
    const { kin } = this.engine.views;
    return {
      ...{ row: kin[KIN.row] as number, copyOf: kin[KIN.copyOf] as number, nearLine: kin[KIN.nearLine] as number },
      likeness: likeness(kin[KIN.unlikeBins] as number),
      ...{ sameQuestionLine: kin[KIN.sameQuestionLine] as number, otherRow: kin[KIN.otherRow] as number },
    };
  }

  /** From now on rows are written: two groups that turn out to be one can no longer become one. */
  keepGroups(): void {
    this.engine.exports.keepGroups();
  }

  /** Content hash of the first row of the group that a row is in: the group's name. Null for a row that is in none. */
  groupOf(row: number): ContentHash | null {
    if (row < 0) return null;
    const { exports } = this.engine;
    return { high: exports.groupHigh(row), low: exports.groupLow(row) };
  }

  lineOf(row: number): number {
    return this.engine.exports.lineOfRow(row);
  }
}

/** Bins that differ share the two bits that are kept of each by chance one time in four. */
const likeness = (unlikeBins: number): number => Math.max(0, 1 - (4 / 3) * (unlikeBins / BINS));
