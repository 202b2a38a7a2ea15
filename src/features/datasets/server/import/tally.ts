import { z } from 'zod';
import type { VersionStats } from '../../dataset.schema';
import { exampleFlags, type FlagName, flagNames } from '../../flag.rules';
import { FULL_SCORE, SCORE_BUCKETS, scoreBucket } from '../../score.rules';
import { HOLDOUT, TRAIN, VALIDATION } from '../../split.rules';
import { TokenHistogram } from './token-histogram';

/** Exact sums over the rows of a version, in a form that the database keeps: some kB for a small one, tens for a large one. */
export const aggregates = z.object({
  /** As `TokenHistogram.sparse` writes it. */
  tokens: z.array(z.number()),
  trainable: z.array(z.number()),
  roles: z.record(z.string(), z.number()),
  turns: z.record(z.string(), z.number()),
  /** Train, validation, holdout. */
  splits: z.array(z.object({ rows: z.number(), tokens: z.number() })).length(3),
  trainableTokens: z.number(),
  /** Rows in each step of five points, and the sum of all scores. */
  scores: z.array(z.number()),
  /** Rows by score, 0 to 100; left out by versions from before these were counted. */
  points: z.array(z.number()).optional(),
  score: z.number(),
  /** Rows that have the flag, by the place of its bit. */
  flagged: z.array(z.number()),
  /** The highest line number ever given; left out until a row is added. */
  lastLine: z.number().optional(),
});
export type Aggregates = z.infer<typeof aggregates>;

/** Places of counts of rows that the engine has taken: see assembly/rows/row-counts.ts. */
const TAKEN = { roles: 0, flags: 8, splits: 40, turns: 48, splitTokens: 112, tokens: 256, trainable: 256 + (1 << 17) };
const TAKEN_ROLES = ['system', 'developer', 'user', 'assistant'];
const TAKEN_TURNS = 64;
const TAKEN_TOKENS = 1 << 17;

/** What one row adds to the figures of its version, apart from its messages. */
export interface RowFacts {
  tokens: number;
  trainableTokens: number;
  flags: number;
  /** 0 to 100; rows from before there was a score count as 0. */
  score: number;
  assistantTurns: number;
  split: number;
}

/** The figures of a version: rows come and go, and what is left is as if only the rest had ever been there. */
export class Tally {
  private readonly tokens: TokenHistogram;
  private readonly trainable: TokenHistogram;
  private readonly roles: Counts;
  private readonly turns: Counts;
  private readonly splits: { rows: number; tokens: number }[];
  private readonly scores: number[];
  private readonly points: number[] | undefined;
  private readonly flagged: number[];
  private readonly sums: { trainableTokens: number; score: number };
  lastLine: number | undefined;

  constructor(known?: Aggregates) {
    this.tokens = TokenHistogram.from(known?.tokens ?? []);
    this.trainable = TokenHistogram.from(known?.trainable ?? []);
    this.roles = new Counts(known?.roles ?? {});
    this.turns = new Counts(known?.turns ?? {});
    this.splits = [TRAIN, VALIDATION, HOLDOUT].map((split) => ({ rows: 0, tokens: 0, ...known?.splits[split] }));
    this.scores = Array.from({ length: SCORE_BUCKETS }, (_, i) => known?.scores[i] ?? 0);
    // Where some are not counted, none can be: a version that comes out of one from before has none either.
    this.points =
      known && !known.points ? undefined : Array.from({ length: FULL_SCORE + 1 }, (_, i) => known?.points?.[i] ?? 0);
    this.flagged = Array.from({ length: 32 }, (_, i) => known?.flagged[i] ?? 0);
    this.sums = { trainableTokens: known?.trainableTokens ?? 0, score: known?.score ?? 0 };
    this.lastLine = known?.lastLine;
  }

  /** @param times  1 for a row that comes, -1 for one that goes */
  add({ tokens, trainableTokens, flags, score, assistantTurns, split }: RowFacts, times: number): void {
    this.sums.trainableTokens += times * trainableTokens;
    this.tokens.add(tokens, times);
    this.trainable.add(trainableTokens, times);
    this.turns.add(turnsName(assistantTurns), times);
    this.addVerdict(flags, score, times);
    this.move(split, times, times * tokens);
  }

  addRole(role: string, times: number): void {
    this.roles.add(role, times);
  }

  addVerdict(flags: number, score: number, times: number): void {
    this.sums.score += times * score;
    const bucket = scoreBucket(score);
    this.scores[bucket] = (this.scores[bucket] ?? 0) + times;
    if (this.points) this.points[score] = (this.points[score] ?? 0) + times;
    for (let rest = flags; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest);
      this.flagged[bit] = (this.flagged[bit] ?? 0) + times;
    }
  }

  /** Adds rows that the engine has counted, which are without fault. @param counts  by the places of TAKEN */
  addTaken(counts: Uint32Array): void {
    const at = (place: number): number => counts[place] ?? 0;
    const tokens = new Float64Array(counts.buffer, counts.byteOffset + TAKEN.splitTokens * 4, this.splits.length);
    for (let split = 0; split < this.splits.length; split++) {
      this.move(split, at(TAKEN.splits + split), tokens[split] ?? 0);
      this.addVerdict(0, FULL_SCORE, at(TAKEN.splits + split));
    }
    for (const [i, role] of TAKEN_ROLES.entries()) this.addRole(role, at(TAKEN.roles + i));
    for (let turns = 0; turns < TAKEN_TURNS; turns++) this.turns.add(turnsName(turns), at(TAKEN.turns + turns));
    for (let bit = 0; bit < 32; bit++) this.flagged[bit] = (this.flagged[bit] ?? 0) + at(TAKEN.flags + bit);
    for (let count = 0; count < TAKEN_TOKENS; count++) {
      const [rows, trainable] = [at(TAKEN.tokens + count), at(TAKEN.trainable + count)];
      if (rows > 0) this.tokens.add(count, rows);
      if (trainable > 0) this.trainable.add(count, trainable);
      this.sums.trainableTokens += trainable * count;
    }
  }

  /** Adds rows to one side of the split, or takes them from it. */
  move(split: number, rows: number, tokens: number): void {
    const side = this.splits[split];
    if (!side) return;
    side.rows += rows;
    side.tokens += tokens;
  }

  get rows(): number {
    return this.splits.reduce((sum, { rows }) => sum + rows, 0);
  }

  withFlag(name: FlagName): number {
    return this.flagged[exampleFlags[name].bit] ?? 0;
  }

  state(): Aggregates {
    return {
      ...{ tokens: this.tokens.sparse(), trainable: this.trainable.sparse() },
      ...{ roles: this.roles.present(), turns: this.turns.present() },
      ...{ splits: this.splits.map((side) => ({ ...side })), ...this.sums },
      ...{ scores: [...this.scores], flagged: [...this.flagged] },
      ...(this.points && { points: [...this.points] }),
      ...(this.lastLine !== undefined && { lastLine: this.lastLine }),
    };
  }

  /** What people see of it. */
  figures() {
    const { rows, splits, sums } = this;
    const [train, validation, holdout] = splits;
    const stats: Omit<VersionStats, 'problems' | 'rejectedRows'> = {
      tokens: this.tokens.buckets(),
      trainableTokens: this.trainable.buckets(),
      percentiles: {
        p50: this.tokens.percentile(0.5),
        p90: this.tokens.percentile(0.9),
        p99: this.tokens.percentile(0.99),
        max: this.tokens.max,
      },
      ...{ roles: this.roles.present(), turns: this.turns.present() },
      ...{ withTools: this.withFlag('tools'), withSystem: this.withFlag('system') },
      duplicates: this.withFlag('duplicate'),
      score: { mean: rows === 0 ? 0 : Math.round((sums.score / rows) * 10) / 10, counts: [...this.scores] },
      flags: Object.fromEntries(flagNames.map((name) => [name, this.withFlag(name)] as const).filter(([, n]) => n > 0)),
    };
    return {
      ...{ rows, trainableTokens: sums.trainableTokens, stats },
      tokens: splits.reduce((sum, { tokens }) => sum + tokens, 0),
      trainRows: train?.rows ?? 0,
      validationRows: validation?.rows ?? 0,
      holdoutRows: holdout?.rows ?? 0,
      trainTokens: train?.tokens ?? 0,
      maxExampleTokens: this.tokens.max,
    };
  }
}

export type Figures = ReturnType<Tally['figures']>;

/** How often each name came up. */
class Counts {
  /** Boxes, so that counting looks a name up once. */
  private readonly byName = new Map<string, { times: number }>();

  constructor(known: Record<string, number>) {
    for (const [name, times] of Object.entries(known)) this.byName.set(name, { times });
  }

  add(name: string, times: number): void {
    const box = this.byName.get(name);
    if (box) box.times += times;
    else this.byName.set(name, { times });
  }

  present(): Record<string, number> {
    const all = [...this.byName].map(([name, { times }]) => [name, times] as const);
    return Object.fromEntries(all.filter(([, times]) => times > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

const turnsNames = Array.from({ length: 64 }, (_, turns) => String(turns));
const turnsName = (turns: number): string => turnsNames[turns] ?? String(turns);
