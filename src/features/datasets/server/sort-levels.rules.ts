import type { ExampleFilter } from '../change.schema';
import { isByScore, isRising, type ValueSort } from '../example-sort.rules';
import { FULL_SCORE, scoreBucket } from '../score.rules';
import type { Aggregates } from './import/tally';
import { ofSparse } from './import/token-histogram';

/** A value, and how many rows of the version have it at most. */
export interface Level {
  value: number;
  rows: number;
}

/** Values from the first to the last that are looked at together, in the order of the sort. */
export interface LevelGroup {
  from: number;
  to: number;
  /** That have one of them, at most. */
  rows: number;
}

/** 1 where the smallest value comes first, -1 where the largest does. */
export const signOf = (sort: ValueSort): 1 | -1 => (isRising(sort) ? 1 : -1);

/** Each group that was not enough is followed by one so much larger, up to so many rows: their keys are held at a time. */
const GROWTH = 4;
const MOST_ROWS = 40_000;

/** The values that rows have, in the order of the sort. */
export function levelsOf(sums: Pick<Aggregates, 'tokens' | 'scores' | 'points'>, sort: ValueSort): Level[] {
  const rising = isByScore(sort) ? scoreLevels(sums) : tokenLevels(sums.tokens);
  return isRising(sort) ? rising : rising.reverse();
}

const tokenLevels = (sparse: readonly number[]): Level[] =>
  [...ofSparse(sparse)].map(([value, rows]) => ({ value, rows }));

/** Versions from before scores were counted one by one know the steps only: each value of a step may have all its rows. */
function scoreLevels({ scores, points }: Pick<Aggregates, 'scores' | 'points'>): Level[] {
  const counts = points ?? Array.from({ length: FULL_SCORE + 1 }, (_, score) => scores[scoreBucket(score)] ?? 0);
  return counts.map((rows, value) => ({ value, rows })).filter(({ rows }) => rows > 0);
}

/**
 * Groups of levels from the one a list stands at on: as many as have about so many rows, each larger than the one before. A
 * value that many rows have stands alone.
 *
 * @param start.value  where the list stands; other versions of a dataset may have no row with it
 * @param start.rows   of the first group
 */
export function* groupsFrom(
  levels: readonly Level[],
  sort: ValueSort,
  { value, rows: first }: { value: number | null; rows: number },
): Generator<LevelGroup> {
  let size = first;
  let at = value === null ? 0 : levels.findIndex((level) => signOf(sort) * (level.value - value) >= 0);
  while (at >= 0 && at < levels.length) {
    const { value: from, rows: own } = levels[at] as Level;
    let rows = own;
    let last = at;
    while (last + 1 < levels.length && rows + (levels[last + 1] as Level).rows <= size)
      rows += (levels[++last] as Level).rows;
    yield { from, to: (levels[last] as Level).value, rows };
    at = last + 1;
    size = Math.min(MOST_ROWS, size * GROWTH);
  }
}

/** Those that a filter by the same value leaves. */
export function levelsWithin(levels: readonly Level[], filter: ExampleFilter, sort: ValueSort): Level[] {
  const [low, high] = isByScore(sort) ? [filter.minScore, filter.maxScore] : [filter.minTokens, filter.maxTokens];
  return levels.filter(({ value }) => value >= (low ?? 0) && value <= (high ?? Number.POSITIVE_INFINITY));
}

/** The filter for the rows of a group. */
export function within(sort: ValueSort, { from, to }: Pick<LevelGroup, 'from' | 'to'>): ExampleFilter {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  return isByScore(sort) ? { minScore: low, maxScore: high } : { minTokens: low, maxTokens: high };
}
