'use client';

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { exampleListInput } from '../../dataset.schema';
import { splits } from '../../split.rules';

const flags = exampleListInput.shape.flag.unwrap().options;

/** What the preview shows, all of it in the address. */
const parsers = {
  q: parseAsString.withDefault(''),
  split: parseAsStringLiteral(['all', ...splits]).withDefault('all'),
  flag: parseAsStringLiteral(['all', ...flags]).withDefault('all'),
  min: parseAsInteger,
  max: parseAsInteger,
  line: parseAsInteger,
  example: parseAsString,
};

export function useExampleFilters() {
  const [filters, setFilters] = useQueryStates(parsers);
  const { q, split, flag, min, max, line } = filters;
  const bound = (value: number | null) => value !== null && value >= 0;
  const input = {
    ...(q && { search: q }),
    ...(split !== 'all' && { split }),
    ...(flag !== 'all' && { flag }),
    ...(bound(min) && { minTokens: min ?? 0 }),
    ...(bound(max) && { maxTokens: max ?? 0 }),
    ...(line !== null && line > 0 && { line }),
  };
  const clear = () => void setFilters({ q: null, split: null, flag: null, min: null, max: null, line: null });
  return { filters, setFilters, input, filtered: Object.keys(input).length > 0, clear };
}

export type ExampleFilters = ReturnType<typeof useExampleFilters>;
