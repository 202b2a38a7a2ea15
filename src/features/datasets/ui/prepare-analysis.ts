import { formatCount } from '@/lib/format';
import type { VersionStats, VersionSummary } from '../dataset.schema';
import type { VersionScore } from '../score.schema';
import { splitNames } from '../split.rules';

export interface Bar {
  /** Under the bar. */
  name: string;
  /** In the tooltip. */
  range: string;
  value: number;
}

/** One bar per bucket; `edges` are upper ends, so a bucket begins one after the end of the one before. */
export function tokenBars({ edges, counts }: VersionStats['tokens']): Bar[] {
  return edges.map((edge, index) => {
    const from = index === 0 ? 0 : (edges[index - 1] ?? 0) + 1;
    return {
      name: formatCount(edge),
      range: `${formatCount(from)} to ${formatCount(edge)}`,
      value: counts[index] ?? 0,
    };
  });
}

export interface Share {
  name: string;
  count: number;
  /** 0..1 of the total. */
  share: number;
}

const withShares = (entries: readonly (readonly [string, number])[]): Share[] => {
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  return entries.map(([name, count]) => ({ name, count, share: total === 0 ? 0 : count / total }));
};

/** Messages by role, most frequent first. */
export const roleShares = ({ roles }: Pick<VersionStats, 'roles'>): Share[] =>
  withShares(Object.entries(roles).sort(([, a], [, b]) => b - a));

const MOST_TURNS = 5;

/** Examples by number of answers, rare long conversations under one name. */
export function turnShares({ turns }: Pick<VersionStats, 'turns'>): Share[] {
  const sorted = Object.entries(turns)
    .map(([answers, count]) => ({ answers: Number(answers), count }))
    .sort((a, b) => a.answers - b.answers);
  const few = sorted.filter(({ answers }) => answers < MOST_TURNS);
  const many = sorted.filter(({ answers }) => answers >= MOST_TURNS).reduce((sum, { count }) => sum + count, 0);
  const named = few.map(({ answers, count }) => [`${answers} ${answers === 1 ? 'answer' : 'answers'}`, count] as const);
  return withShares(many > 0 ? [...named, [`${MOST_TURNS} and more`, many]] : named);
}

export const splitShares = (version: Pick<VersionSummary, 'trainRows' | 'validationRows' | 'holdoutRows'>): Share[] =>
  withShares([
    [splitNames.train, version.trainRows],
    [splitNames.validation, version.validationRows],
    [splitNames.holdout, version.holdoutRows],
  ]);

/** One decimal always, so that scores below each other can be compared. */
export const scoreText = (score: number): string => score.toFixed(1);

/** One bar for each step of five points. */
export const scoreBars = (counts: readonly number[]): Bar[] =>
  counts.map((value, step) => {
    const from = step * SCORE_STEP;
    return {
      name: String(from),
      range: `${from} to ${step === counts.length - 1 ? 100 : from + SCORE_STEP - 1}`,
      value,
    };
  });

const SCORE_STEP = 5;

/**
 * "v4 · 1 240 rows · 412 k tokens · score 93.4 · 3 problems": what a version is, in one line.
 * @param score  where it is known
 */
export function versionLine(
  version: Pick<VersionSummary, 'number' | 'rows' | 'tokens' | 'problems' | 'warnings'>,
  score?: Pick<VersionScore, 'mean' | 'remarks'>,
): string {
  const remarks = score?.remarks ?? 0;
  const { number, rows, tokens, problems, warnings } = version;
  const parts = [
    `v${number}`,
    `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}`,
    `${shortCount(tokens)} tokens`,
    score === undefined ? null : `score ${scoreText(score.mean)}`,
    problems > 0 ? `${formatCount(problems)} ${problems === 1 ? 'row' : 'rows'} left out` : null,
    warnings > 0 ? `${formatCount(warnings)} ${warnings === 1 ? 'warning' : 'warnings'}` : null,
    problems + warnings === 0 ? 'no errors or warnings' : null,
    remarks > 0 ? `${formatCount(remarks)} ${remarks === 1 ? 'remark' : 'remarks'}` : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** 412 345 → "412 k": enough where the exact figure is one click away. */
export function shortCount(value: number): string {
  if (value < 10_000) return formatCount(value);
  if (value < 999_500) return `${Math.round(value / 1000)}\u2009k`;
  if (value < 999_500_000) return `${(value / 1_000_000).toFixed(value < 9_950_000 ? 2 : 1)}\u2009M`;
  return `${(value / 1_000_000_000).toFixed(2)}\u2009G`;
}
