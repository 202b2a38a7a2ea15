'use client';

import { X } from 'lucide-react';
import { useCallback } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { SearchInput } from '@/components/ui/search-input';
import { Select } from '@/components/ui/select';
import type { VersionStats, VersionSummary } from '../../dataset.schema';
import type { FlagName } from '../../flag.rules';
import { rowWord } from '../../left-out.rules';
import { flagOptions, roleOptions, sortOptions, splitOptions } from './prepare-filters';
import type { ExampleFilters } from './use-example-filters';

interface FilterBarProps {
  filters: ExampleFilters;
  version: VersionSummary;
  /** Of this version, if they are known. */
  stats: VersionStats | null;
  /** Signals that do not count here. */
  off: readonly FlagName[];
}

export function FilterBar({ filters: { filters, setFilters, filtered, clear }, version, stats, off }: FilterBarProps) {
  const search = useCallback((text: string) => void setFilters({ q: text || null }), [setFilters]);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchInput value={filters.q} onChange={search} placeholder="Search the text" className="sm:w-52" />
      <Select
        aria-label="Split"
        className="w-40 max-sm:w-[calc(50%-0.25rem)]"
        options={splitOptions(version)}
        value={filters.split}
        onValueChange={(split) => void setFilters({ split })}
      />
      <Select
        aria-label="Kind"
        className="w-40 max-sm:w-[calc(50%-0.25rem)]"
        options={flagOptions(stats, filters.flag, off)}
        value={filters.flag}
        onValueChange={(flag) => void setFilters({ flag })}
      />
      <Select
        aria-label="Role"
        className="w-32 max-sm:w-[calc(50%-0.25rem)]"
        options={roleOptions}
        value={filters.role}
        onValueChange={(role) => void setFilters({ role })}
      />
      {/* Where there is room, the heads of the columns do this. */}
      <Select
        aria-label="Order"
        className="w-[calc(50%-0.25rem)] sm:hidden"
        options={sortOptions}
        value={filters.sort}
        onValueChange={(sort) => void setFilters({ sort })}
      />
      <Bounds
        unit="tokens"
        most={undefined}
        low={filters.min}
        high={filters.max}
        onLow={(min) => void setFilters({ min })}
        onHigh={(max) => void setFilters({ max })}
      />
      <Bounds
        unit="score"
        most={100}
        low={filters.worst}
        high={filters.best}
        onLow={(worst) => void setFilters({ worst })}
        onHigh={(best) => void setFilters({ best })}
      />
      {filters.line !== null && (
        <Button size="sm" onClick={() => void setFilters({ line: null })}>
          {rowWord(version.rowsNumbered)} {filters.line}
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

interface BoundsProps {
  unit: string;
  most: number | undefined;
  low: number | null;
  high: number | null;
  onLow: (value: number | null) => void;
  onHigh: (value: number | null) => void;
}

const Bounds = ({ unit, most, low, high, onLow, onHigh }: BoundsProps) => (
  <span className="inline-flex items-center gap-1.5 text-muted text-sm">
    <Bound label={`Lowest ${unit}`} placeholder="min" most={most} value={low} onChange={onLow} />
    to
    <Bound label={`Highest ${unit}`} placeholder="max" most={most} value={high} onChange={onHigh} />
    {unit}
  </span>
);

interface BoundProps {
  label: string;
  placeholder: string;
  most: number | undefined;
  value: number | null;
  onChange: (value: number | null) => void;
}

/** Takes effect on Enter or when left, so that a half-typed number is not asked for. */
function Bound({ label, placeholder, most, value, onChange }: BoundProps) {
  const take = (text: string) => {
    const number = Number.parseInt(text, 10);
    onChange(Number.isFinite(number) && number >= 0 ? number : null);
  };
  return (
    <Input
      key={value ?? ''}
      type="number"
      min={0}
      max={most}
      aria-label={label}
      placeholder={placeholder}
      defaultValue={value ?? ''}
      className="w-14 px-2 text-right [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none"
      onBlur={(event) => take(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget.value)}
    />
  );
}
