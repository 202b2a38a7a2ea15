'use client';

import { X } from 'lucide-react';
import { useCallback } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { SearchInput } from '@/components/ui/search-input';
import { Select } from '@/components/ui/select';
import type { ExampleFilters } from './use-example-filters';

const splitOptions = [
  { value: 'all', label: 'Every split' },
  { value: 'train', label: 'Training' },
  { value: 'validation', label: 'Validation' },
  { value: 'holdout', label: 'Held out' },
] as const;

const flagOptions = [
  { value: 'all', label: 'Every kind' },
  { value: 'multiTurn', label: 'Several turns' },
  { value: 'tools', label: 'With tools' },
  { value: 'system', label: 'With system prompt' },
  { value: 'duplicate', label: 'Duplicates' },
  { value: 'warning', label: 'With a warning' },
] as const;

export function FilterBar({ filters, setFilters, filtered, clear }: ExampleFilters) {
  const search = useCallback((text: string) => void setFilters({ q: text || null }), [setFilters]);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput value={filters.q} onChange={search} placeholder="Search the text" />
      <Select
        aria-label="Split"
        className="w-36"
        options={splitOptions}
        value={filters.split}
        onValueChange={(split) => void setFilters({ split })}
      />
      <Select
        aria-label="Kind"
        className="w-44"
        options={flagOptions}
        value={filters.flag}
        onValueChange={(flag) => void setFilters({ flag })}
      />
      <span className="inline-flex items-center gap-1.5 text-muted text-sm">
        <TokenBound
          label="At least so many tokens"
          placeholder="min"
          value={filters.min}
          onChange={(min) => void setFilters({ min })}
        />
        to
        <TokenBound
          label="At most so many tokens"
          placeholder="max"
          value={filters.max}
          onChange={(max) => void setFilters({ max })}
        />
        tokens
      </span>
      {filters.line !== null && (
        <Button size="sm" onClick={() => void setFilters({ line: null })}>
          Line {filters.line}
          <X aria-hidden />
        </Button>
      )}
      {filtered && (
        <Button size="sm" variant="ghost" onClick={clear}>
          Clear filters
        </Button>
      )}
    </div>
  );
}

interface TokenBoundProps {
  label: string;
  placeholder: string;
  value: number | null;
  onChange: (value: number | null) => void;
}

/** Takes effect on Enter or when left, so that a half-typed number is not asked for. */
function TokenBound({ label, placeholder, value, onChange }: TokenBoundProps) {
  const take = (text: string) => {
    const number = Number.parseInt(text, 10);
    onChange(Number.isFinite(number) && number >= 0 ? number : null);
  };
  return (
    <Input
      key={value ?? ''}
      type="number"
      min={0}
      aria-label={label}
      placeholder={placeholder}
      defaultValue={value ?? ''}
      className="w-20 text-right"
      onBlur={(event) => take(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget.value)}
    />
  );
}
