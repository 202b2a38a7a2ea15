import { formatCount } from '@/lib/format';
import type { VersionStats, VersionSummary } from '../../dataset.schema';
import { type ExampleSort, isRising } from '../../example-sort.rules';
import { exampleFlags, type FlagName, flagNames, warningSignals } from '../../flag.rules';

type Counts = Pick<VersionSummary, 'trainRows' | 'validationRows' | 'holdoutRows'>;

export const splitOptions = ({ trainRows, validationRows, holdoutRows }: Counts) =>
  [
    { value: 'all', label: 'Every split' },
    { value: 'train', label: `Training · ${formatCount(trainRows)}` },
    { value: 'validation', label: `Validation · ${formatCount(validationRows)}` },
    { value: 'holdout', label: `Held out · ${formatCount(holdoutRows)}` },
  ] as const;

export const roleOptions = [
  { value: 'all', label: 'Every role' },
  { value: 'system', label: 'With system' },
  { value: 'developer', label: 'With developer' },
  { value: 'tool', label: 'With tool' },
] as const;

export const sortOptions = [
  { value: 'file', label: 'File order' },
  { value: 'worst', label: 'Worst first' },
  { value: 'best', label: 'Best first' },
  { value: 'longest', label: 'Longest first' },
  { value: 'shortest', label: 'Shortest first' },
] as const;

/** Of a column by which rows can be sorted: both ways, the more useful one first. */
const SORTS = { score: ['worst', 'best'], tokens: ['longest', 'shortest'] } as const;

/** What pressing the head of a column leads to: one way, the other, file order again. */
export function nextSort(column: keyof typeof SORTS, now: ExampleSort): ExampleSort {
  const [first, second] = SORTS[column];
  return now === first ? second : now === second ? 'file' : first;
}

/** Which way the column is sorted, if it is. */
export function sortedBy(column: keyof typeof SORTS, now: ExampleSort): 'ascending' | 'descending' | undefined {
  if (!SORTS[column].some((sort) => sort === now)) return undefined;
  return isRising(now) ? 'ascending' : 'descending';
}

type Flag = FlagName | 'all';

const named = (flag: FlagName): string => {
  const { title } = exampleFlags[flag];
  return title.charAt(0).toUpperCase() + title.slice(1);
};

/**
 * Kinds that some row has, with how many where that is known; all of them when it is not.
 * @param off  signals that do not count here: they are only shown when they are what is looked at
 */
export function flagOptions(
  stats: Pick<VersionStats, 'flags'> | null,
  chosen: Flag,
  off: readonly FlagName[],
): { value: Flag; label: string }[] {
  const counts = stats?.flags;
  const isOff = (flag: FlagName) => off.includes(flag);
  const has = (flag: FlagName) => !counts || (counts[flag] ?? 0) > 0;
  const shown = flagNames.filter((flag) => flag === chosen || (has(flag) && !isOff(flag)));
  // Some of the warnings are of signals that are off; how many rows have no other was never counted.
  const isCounted = (flag: FlagName) => flag !== 'warning' || !warningSignals.some((one) => isOff(one) && has(one));
  const counted = (flag: FlagName) =>
    counts && isCounted(flag) ? `${named(flag)} · ${formatCount(counts[flag] ?? 0)}` : named(flag);
  return [
    { value: 'all', label: 'Every kind' },
    ...shown.map((flag) => ({ value: flag, label: `${counted(flag)}${isOff(flag) ? ', switched off' : ''}` })),
  ];
}

interface Tally {
  /** Rows of the version. */
  all: number;
  /** Rows known to match so far. */
  known: number;
  more: boolean;
  filtered: boolean;
}

/** "300 examples", "12 of 300 match": a true total where one is known, and else what is known so far. */
export function tally({ all, known, more, filtered }: Tally): string {
  if (!filtered) return `${formatCount(all)} ${all === 1 ? 'example' : 'examples'}`;
  return more
    ? `${formatCount(known)} matches so far, more below`
    : `${formatCount(known)} of ${formatCount(all)} match`;
}

/** How many rows match, when nothing has to be counted for it. */
export function knownMatches(
  version: Pick<VersionSummary, 'rows'> & Counts,
  filter: object,
  seen: { count: number; more: boolean },
): number | null {
  if (Object.keys(filter).length === 0) return version.rows;
  if (!seen.more) return seen.count;
  if (Object.keys(filter).join() !== 'split' || !('split' in filter)) return null;
  const { trainRows, validationRows, holdoutRows } = version;
  return { train: trainRows, validation: validationRows, holdout: holdoutRows }[String(filter.split)] ?? null;
}
