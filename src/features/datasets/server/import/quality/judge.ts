import type { Report } from '../../../formats/check/check-content';
import { rowPlace, rowWord } from '../../../left-out.rules';
import type { ContentHash } from '../content-hash';
import type { RowEngine } from '../o200k/row-engine';
import { type Kin, NearIndex } from './near-index';
import { keepSigns, type RowSigns } from './row-signs';
import { type Figures, UsualSignals } from './usual-signals';

/** So many rows are held back until it is known what is usual; fewer when they are long. */
const HELD_ROWS = 2000;
const HELD_BYTES = 4 * 1024 * 1024;

/** One row as the judge sees it. */
export interface Candidate {
  line: number;
  hash: ContentHash;
  /** Hash of what is asked. */
  question: ContentHash;
  bytes: number;
  tokens: number;
  report: Report;
  /** Called once, in the order of the rows, after everything was reported. */
  done(group: ContentHash): void;
}

interface Held {
  row: Candidate;
  signs: RowSigns;
  kin: Kin | null;
}

interface JudgeOptions {
  engine: RowEngine;
  nearDuplicates: boolean;
  /** The side that examples with this hash are on. */
  sideOf(hash: ContentHash): number;
  /** Whether `line` of a row is its number in a list; it is a line when left out. */
  numbered?(): boolean;
}

/**
 * Says of each row what only the other rows can tell. The first rows are held back until it is known what is usual in this
 * dataset; from then on each is judged by what came before it. Memory is bounded, and the same rows in the same order
 * give the same verdicts.
 */
export class Judge {
  private readonly near: NearIndex;
  private readonly usual: UsualSignals;
  private held: Held[] | null = [];
  private heldBytes = 0;

  constructor(private readonly options: JudgeOptions) {
    const { engine, nearDuplicates } = options;
    this.near = new NearIndex(engine, nearDuplicates);
    this.usual = new UsualSignals(engine);
  }

  /** Whether the next row is held back. */
  get holds(): boolean {
    return this.held !== null;
  }

  /** @param signs  good until the next row is read; copied where they are needed longer */
  take(row: Candidate, signs: RowSigns): void {
    const { line, hash, question, bytes } = row;
    const { words, count, asks } = signs;
    // Where nothing is asked, only copies ask the same.
    const { ahead } = this.options.engine;
    const hasKin = ahead?.hasKin ?? this.near.add({ line, hash, question: asks ? question : hash, words, count });
    if (!ahead) {
      this.options.engine.keepFacts({ tokens: row.tokens });
      this.usual.learn(signs);
    }
    if (!this.held) {
      this.judge(row, signs, hasKin ? this.near.kin : null);
      return;
    }
    // Rows that come later may still join its group.
    this.held.push({ row, signs: keepSigns(signs), kin: this.near.kin });
    this.heldBytes += bytes;
    if (this.held.length >= HELD_ROWS || this.heldBytes >= HELD_BYTES) this.release();
  }

  /** Nothing more comes: whatever is held back gets its verdict. */
  end(): void {
    this.release();
  }

  private release(): void {
    const held = this.held ?? [];
    this.held = null;
    this.near.keepGroups();
    const figures = held.map(({ signs }) => this.usual.measure(signs).slice());
    held.forEach(({ row, signs, kin }, i) => {
      this.usual.judge(signs, figures[i] as Figures, row.report);
      this.finish(row, kin);
    });
  }

  /** @param kin  null for a row that has none, and a group of its own */
  private judge(row: Candidate, signs: RowSigns, kin: Kin | null): void {
    const { ahead } = this.options.engine;
    if (ahead) this.usual.tell(ahead.told, signs, row.report);
    else this.usual.judge(signs, this.usual.measure(signs), row.report);
    this.finish(row, kin);
  }

  private finish(row: Candidate, kin: Kin | null): void {
    if (kin === null) {
      row.done(row.hash);
      return;
    }
    const group = this.near.groupOf(kin.row) ?? row.hash;
    this.reportKin(row, kin);
    this.reportLeak(row, kin, group);
    row.done(group);
  }

  private get numbered(): boolean {
    return this.options.numbered?.() ?? false;
  }

  private reportKin({ report }: Candidate, { copyOf, sameQuestionLine, nearLine, likeness }: Kin): void {
    const { numbered } = this;
    const word = rowWord(numbered);
    if (copyOf > 0)
      report('duplicate_example', '$', `This example is the same as the one ${rowPlace(copyOf, numbered)}.`);
    else if (sameQuestionLine > 0)
      report('contradictory_answer', '$', `${word} ${sameQuestionLine} has the same question and another answer.`);
    else if (nearLine > 0)
      report(
        'near_duplicate',
        '$',
        `About ${Math.round(likeness * 100)} % the same as ${word.toLowerCase()} ${nearLine} (told of from 80 % on).`,
      );
  }

  private reportLeak(row: Candidate, { otherRow }: Kin, group: ContentHash): void {
    if (otherRow < 0) return;
    const { near, options } = this;
    const other = near.groupOf(otherRow) ?? row.hash;
    if (options.sideOf(other) === options.sideOf(group)) return;
    row.report(
      'split_leak',
      '$',
      `It is nearly the same as ${rowWord(this.numbered).toLowerCase()} ${near.lineOf(otherRow)}, which is on another side of the split.`,
    );
  }
}
