import { exampleFlags, FLAG, type FlagName, flagNames, flagsOf, warningSignals } from './flag.rules';

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

export const isSignal = (name: FlagName): boolean => exampleFlags[name].deduction > 0;

/** Flags that cost points: the ones that can be switched off. */
export const signals: FlagName[] = flagNames.filter((name) => isSignal(name));

/** Signals as the bits that rows keep them by. What costs no points is no signal. */
export const signalBits = (names: readonly FlagName[]): number =>
  names.filter(isSignal).reduce((bits, name) => bits | FLAG[name], 0);

export const signalsOf = (bits: number): FlagName[] => flagsOf(bits).filter(isSignal);

/** Bits by which is told whether a row still has a warning when some signals do not count. */
export function warningBits(off: ReadonlySet<FlagName>): { counted: number; ignored: number } {
  return {
    counted: signalBits(warningSignals.filter((name) => !off.has(name))) | FLAG.formatWarning,
    ignored: signalBits(warningSignals.filter((name) => off.has(name))),
  };
}

/**
 * The flags of a row without the signals that do not count, and without a warning that only they have caused. Rows of versions
 * from before there was a format warning do not say of which kind theirs is: it goes when a signal that is off may be its cause.
 */
export function countedFlags(flags: readonly FlagName[], off: ReadonlySet<FlagName>): FlagName[] {
  const bits = flags.reduce((all, name) => all | FLAG[name], 0);
  const { counted, ignored } = warningBits(off);
  const warns = (bits & counted) !== 0 || (bits & ignored) === 0;
  return flags.filter((name) => !off.has(name) && (name !== 'warning' || warns));
}

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
export const DEDUCTING = signalBits(signals);

function computeScore(flags: number, off?: ReadonlySet<FlagName>): number {
  const deductions = explain(flags, off);
  return Math.max(
    0,
    deductions.reduce((score, { points }) => score + points, FULL_SCORE),
  );
}

export interface SignalSet {
  flags: number;
  /** Rows that have exactly these. */
  rows: number;
}

/**
 * Mean score and rows in each step of five points, as if the signals that are off did not exist. Which signals a row has
 * together matters: one covers another, and no score falls below 0, so totals by signal would not do.
 */
export function scoreFigures(
  sets: Iterable<SignalSet>,
  off: ReadonlySet<FlagName>,
): { mean: number; counts: number[] } {
  const counts = Array.from({ length: SCORE_BUCKETS }, () => 0);
  let sum = 0;
  let all = 0;
  for (const { flags, rows } of sets) {
    const score = scoreOf(flags, off);
    const bucket = scoreBucket(score);
    counts[bucket] = (counts[bucket] ?? 0) + rows;
    sum += score * rows;
    all += rows;
  }
  return { mean: all === 0 ? 0 : Math.round((sum / all) * 10) / 10, counts };
}

export const scoreBucket = (score: number): number => Math.min(SCORE_BUCKETS - 1, Math.floor(score / 5));
