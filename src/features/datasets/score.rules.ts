import { exampleFlags, FLAG, type FlagName, flagNames } from './flag.rules';

/** Of a row in which nothing was found. */
export const FULL_SCORE = 100;
/** Buckets of the distribution: 0-4, 5-9, … 95-100. */
export const SCORE_BUCKETS = 20;

export interface Deduction {
  flag: FlagName;
  /** Points off, as a negative number. */
  points: number;
  /** Why, as a sentence. */
  reason: string;
}

/** Flags that cost points: the ones that can be switched off. */
export const signals: FlagName[] = flagNames.filter((name) => exampleFlags[name].deduction > 0);

/** A stronger signal says all that the weaker one says; and an exact copy is also a near one. */
const COVERS: readonly (readonly [FlagName, FlagName])[] = [
  ['duplicate', 'nearDuplicate'],
  ['poorFit', 'weakFit'],
  ['noise', 'rareWords'],
  ['refusal', 'boilerplate'],
];

/**
 * What one example loses points for, most points first.
 *
 * @param flags  the stored bits of the example
 * @param off    signals that do not count
 */
export function explain(flags: number, off: ReadonlySet<FlagName> = new Set()): Deduction[] {
  const counted = signals.filter((name) => flags & FLAG[name] && !off.has(name));
  const covered = new Set(COVERS.flatMap(([strong, weak]) => (counted.includes(strong) ? [weak] : [])));
  return counted
    .filter((name) => !covered.has(name))
    .map((flag) => ({ flag, points: -exampleFlags[flag].deduction, reason: exampleFlags[flag].explanation }))
    .sort((a, b) => a.points - b.points);
}

/**
 * The quality of one example from its flags alone: 100 less the points of each signal, never below 0. No clock, no chance,
 * no network: the same flags are the same score on every machine.
 */
export function scoreOf(flags: number, off?: ReadonlySet<FlagName>): number {
  if (off) return computeScore(flags, off);
  const counted = flags & DEDUCTING;
  const known = scores.get(counted);
  if (known !== undefined) return known;
  const score = computeScore(counted);
  if (scores.size < MAX_SCORES) scores.set(counted, score);
  return score;
}

/** A million rows have few different sets of signals. */
const MAX_SCORES = 4096;
const scores = new Map<number, number>();
const DEDUCTING = signals.reduce((bits, name) => bits | FLAG[name], 0);

function computeScore(flags: number, off?: ReadonlySet<FlagName>): number {
  const deductions = explain(flags, off);
  return Math.max(
    0,
    deductions.reduce((score, { points }) => score + points, FULL_SCORE),
  );
}

export const scoreBucket = (score: number): number => Math.min(SCORE_BUCKETS - 1, Math.floor(score / 5));
