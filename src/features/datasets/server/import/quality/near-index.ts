import type { ContentHash } from '../content-hash';
import type { RowEngine } from '../o200k/row-engine';
import { BANDS } from './min-hash';
import { entryOf, HASH, isMarked, RowLog, rowOf } from './row-log';
import { RowTable } from './row-table';

/** Rows this much alike are near duplicates. */
export const NEAR_THRESHOLD = 0.8;
/** Fewer words say too little: "yes" and "no" to the same question are not the same example. */
const MIN_WORDS = 8;
/** Two texts that are 80 % alike cannot differ more in length. */
const MIN_LENGTH_RATIO = 0.75;
/** Slots of the tables that are entered by bands; a table that is full is followed by a larger one. */
const TABLE_BITS = [17, 20, 23];
const FILL = 0.6;
/** A group that grows beyond this, and beyond this share of the rows, is no longer kept on one side: the side would be all of it. */
const MAX_GROUP = 100;
const MAX_GROUP_SHARE = 0.05;

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
 * Finds rows that are the same as an earlier one, ask the same, or say nearly the same, and puts them into groups. Some 100 bytes
 * a row, bounded by RowLog's limit. What it finds depends on the rows and their order alone.
 */
export class NearIndex {
  private readonly rows = new RowLog();
  private readonly contents = new RowTable(this.rows, HASH.content);
  private readonly questions = new RowTable(this.rows, HASH.question);
  private readonly tables: Int32Array[] = [];
  private room = 0;
  /** While no row has been written yet, two groups that turn out to be one can still become one. */
  mayMerge = true;

  constructor(
    private readonly engine: RowEngine,
    private readonly nearDuplicates: boolean,
  ) {}

  /** Looks a row up and remembers it, unless it is an exact copy of an earlier one. */
  add(row: KinRow): Kin {
    const { rows, contents, questions } = this;
    const kin: Kin = { row: -1, copyOf: 0, nearLine: 0, likeness: 0, sameQuestionLine: 0, otherRow: -1 };
    const same = contents.find(row.hash);
    const asked = questions.find(row.question);
    if (same >= 0) {
      kin.copyOf = rows.line(same);
      kin.row = asked;
      return kin;
    }
    let group = -1;
    if (asked >= 0) {
      group = this.join(asked);
      if (group >= 0) kin.sameQuestionLine = rows.line(asked);
    }
    if (this.nearDuplicates && row.count >= MIN_WORDS) group = this.lookUp(row, kin, group);
    const isKept = !rows.full;
    kin.row = rows.add(row, this.engine.views.sign, group);
    if (!isKept) return kin;
    contents.add(row.hash, kin.row);
    if (asked < 0) questions.add(row.question, kin.row);
    return kin;
  }

  /** Content hash of the first row of the group: the group's name. Null for a row that is in none. */
  groupOf({ row }: Pick<Kin, 'row'>): ContentHash | null {
    return row < 0 ? null : this.rows.hash(this.rows.group(row));
  }

  lineOf(row: number): number {
    return this.rows.line(row);
  }

  /** The group of `other`, or -1 when it takes no more. */
  private join(other: number): number {
    const { rows } = this;
    const group = rows.group(other);
    return rows.size(group) < Math.max(MAX_GROUP, rows.next * MAX_GROUP_SHARE) ? group : -1;
  }

  private lookUp(row: KinRow, kin: Kin, joined: number): number {
    const { rows, engine } = this;
    const words = row.count;
    engine.signWords(row.words, words);
    const { sign, bands } = engine.views;
    this.makeRoom();
    const newest = this.tables.at(-1) as Int32Array;
    let group = joined;
    for (const band of bands) {
      const mark = Math.imul(band, 0x9e3779b1);
      for (const table of this.tables) {
        const entry = table[slot(band, table)] as number;
        if (entry === 0 || !isMarked(entry, mark)) continue;
        const other = rowOf(entry);
        const alike = rows.likeness(other, sign);
        const ratio = words / rows.words(other);
        if (alike < NEAR_THRESHOLD || ratio < MIN_LENGTH_RATIO || ratio > 1 / MIN_LENGTH_RATIO) continue;
        group = this.meet(other, group, kin);
        if (alike <= kin.likeness) continue;
        kin.nearLine = rows.line(other);
        kin.likeness = alike;
      }
      if (!rows.full) newest[slot(band, newest)] = entryOf(rows.next, mark);
    }
    this.room--;
    return group;
  }

  /** @returns the group that the row is in now that it turned out to be nearly the same as `other` */
  private meet(other: number, group: number, kin: Kin): number {
    if (group < 0) return this.join(other);
    const its = this.rows.group(other);
    if (its === group) return group;
    if (!this.mayMerge || this.join(other) < 0) {
      kin.otherRow = other;
      return group;
    }
    return this.rows.merge(group, its);
  }

  private makeRoom(): void {
    if (this.room > 0) return;
    const bits = TABLE_BITS[this.tables.length];
    if (bits !== undefined) this.tables.push(new Int32Array(1 << bits));
    const slots = this.tables.at(-1)?.length ?? 0;
    // The last table goes on being overwritten: the newest rows are found best.
    this.room = bits === undefined ? Number.POSITIVE_INFINITY : (slots * FILL) / BANDS;
  }
}

const slot = (band: number, table: Int32Array): number => (band ^ (band >>> 16)) & (table.length - 1);
