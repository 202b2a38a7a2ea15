import type { Report } from '../check-content';
import type { ContentHash } from '../content-hash';
import type { RowEngine } from '../o200k/row-engine';
import { FitSignal } from './fit-signal';
import { FormSignal } from './form-signal';
import { LabelSignal } from './label-signal';
import { LanguageSignal } from './language-signal';
import { LengthSignal } from './length-signal';
import { type Kin, NearIndex } from './near-index';
import { keepSigns, type RowSigns } from './row-signs';
import type { Signal } from './signal';
import { WordSignal } from './word-signal';

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
  report: Report;
  /** Called once, in the order of the rows, after everything was reported. */
  done(group: ContentHash): void;
}

interface Held {
  row: Candidate;
  signs: RowSigns;
  kin: Kin;
}

interface JudgeOptions {
  engine: RowEngine;
  nearDuplicates: boolean;
  /** The side that examples with this hash are on. */
  sideOf(hash: ContentHash): number;
}

/**
 * Says of each row what only the other rows can tell. The first rows are held back until it is known what is usual in this
 * dataset; from then on each is judged by what came before it. Memory is bounded, and the same rows in the same order
 * give the same verdicts.
 */
export class Judge {
  private readonly near: NearIndex;
  private readonly signals: Signal[] = [
    ...[
      new LengthSignal(),
      new LanguageSignal(),
      new FormSignal(),
      new WordSignal(),
      new FitSignal(),
      new LabelSignal(),
    ],
  ];
  private held: Held[] | null = [];
  private heldBytes = 0;

  constructor(private readonly options: JudgeOptions) {
    this.near = new NearIndex(options.engine, options.nearDuplicates);
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
    const kin = this.near.add({ line, hash, question: asks ? question : hash, words, count });
    for (const signal of this.signals) signal.learn(signs);
    if (!this.held) {
      this.judge(row, signs, kin);
      return;
    }
    this.held.push({ row, signs: keepSigns(signs), kin });
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
    this.near.mayMerge = false;
    const figures = held.map(({ signs }) => this.signals.map((signal) => signal.measure(signs)));
    held.forEach(({ row, signs, kin }, i) => {
      this.signals.forEach((signal, k) => {
        signal.judge(signs, figures[i]?.[k] ?? Number.NaN, row.report);
      });
      this.finish(row, kin);
    });
  }

  private judge(row: Candidate, signs: RowSigns, kin: Kin): void {
    for (const signal of this.signals) signal.judge(signs, signal.measure(signs), row.report);
    this.finish(row, kin);
  }

  private finish(row: Candidate, kin: Kin): void {
    const { near, options } = this;
    const group = near.groupOf(kin) ?? row.hash;
    if (kin.copyOf > 0)
      row.report('duplicate_example', '$', `This example is the same as the one on line ${kin.copyOf}.`);
    else if (kin.sameQuestionLine > 0)
      row.report('contradictory_answer', '$', `Line ${kin.sameQuestionLine} has the same question and another answer.`);
    else if (kin.nearLine > 0)
      row.report(
        'near_duplicate',
        '$',
        `About ${Math.round(kin.likeness * 100)} % the same as line ${kin.nearLine} (told of from 80 % on).`,
      );
    if (kin.otherRow >= 0) {
      const other = near.groupOf({ row: kin.otherRow }) ?? row.hash;
      if (options.sideOf(other) !== options.sideOf(group))
        row.report(
          'split_leak',
          '$',
          `It is nearly the same as line ${near.lineOf(kin.otherRow)}, which is on another side of the split.`,
        );
    }
    row.done(group);
  }
}
