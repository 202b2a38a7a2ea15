'use client';

import { ToggleGroup as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface SegmentedControlProps<V extends string> {
  'aria-label': string;
  options: readonly { value: V; label: ReactNode }[];
  value: V;
  onValueChange: (value: V) => void;
  className?: string;
}

/** One of a few, all of them in sight. */
export function SegmentedControl<V extends string>(props: SegmentedControlProps<V>) {
  const { options, value, onValueChange, className, ...aria } = props;
  return (
    <Radix.Root
      {...aria}
      type="single"
      value={value}
      onValueChange={(next) => next !== '' && onValueChange(next as V)}
      className={cn('inline-flex h-8 shrink-0 gap-px rounded-md border bg-sunken p-0.5', className)}
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          className="flex items-center gap-1.5 rounded-sm px-2.5 text-muted text-sm hover:text-fg data-[state=on]:bg-raised data-[state=on]:font-medium data-[state=on]:text-fg data-[state=on]:shadow-sm"
        >
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
