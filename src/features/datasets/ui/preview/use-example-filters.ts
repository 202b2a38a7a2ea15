'use client';

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import type { ExampleFilter } from '../../change.schema';
import { exampleSorts } from '../../example-sort.rules';
import { type FlagName, filterRoles, flagNames } from '../../flag.rules';
import { splits } from '../../split.rules';

/** What the preview shows, all of it in the address. */
const parsers = {
  q: parseAsString.withDefault(''),
  split: parseAsStringLiteral(['all', ...splits]).withDefault('all'),
  flag: parseAsStringLiteral(['all', ...flagNames]).withDefault('all'),
  role: parseAsStringLiteral(['all', ...filterRoles]).withDefault('all'),
  min: parseAsInteger,
  max: parseAsInteger,
  worst: parseAsInteger,
  best: parseAsInteger,
  line: parseAsInteger,
  sort: parseAsStringLiteral(exampleSorts).withDefault('file'),
  example: parseAsString,
};

const nothing = {
  ...{ q: null, split: null, flag: null, role: null },
  ...{ min: null, max: null, worst: null, best: null, line: null },
};

const tokens = (value: number | null): number | null => (value !== null && value >= 0 ? value : null);
const points = (value: number | null): number | null => (value === null ? null : Math.max(0, Math.min(100, value)));

/** @param signalsOff  signals that do not count: a row that has no other warning has none */
export function useExampleFilters(signalsOff: readonly FlagName[]) {
  const [filters, setFilters] = useQueryStates(parsers);
  const { q, split, flag, role, min, max, worst, best, line } = filters;
  // By their names: each message about the dataset brings another list of the same.
  const names = signalsOff.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names stand for the list
  const input = useMemo((): ExampleFilter => {
    const [minTokens, maxTokens] = [tokens(min), tokens(max)];
    const [minScore, maxScore] = [points(worst), points(best)];
    return {
      ...(q && { search: q }),
      ...(split !== 'all' && { split }),
      ...(flag !== 'all' && { flag }),
      ...(flag === 'warning' && signalsOff.length > 0 && { off: [...signalsOff] }),
      ...(role !== 'all' && { role }),
      ...(minTokens !== null && { minTokens }),
      ...(maxTokens !== null && { maxTokens }),
      ...(minScore !== null && { minScore }),
      ...(maxScore !== null && { maxScore }),
      ...(line !== null && line > 0 && { line }),
    };
  }, [q, split, flag, role, min, max, worst, best, line, names]);
  const clear = useCallback(() => void setFilters(nothing), [setFilters]);
  return { filters, setFilters, input, filtered: Object.keys(input).length > 0, clear };
}

export type ExampleFilters = ReturnType<typeof useExampleFilters>;
