'use client';

import { type ReactNode, useId } from 'react';
import { cn } from './cn';

interface SegmentedControlProps<V extends string> {
  'aria-label': string;
  options: readonly { value: V; label: ReactNode }[];
  value: V;
  onValueChange: (value: V) => void;
  className?: string;
}

/** One of a few, all of them in sight: radio buttons of the browser, which brings their keys. */
export function SegmentedControl<V extends string>(props: SegmentedControlProps<V>) {
  const { options, value, onValueChange, className, ...aria } = props;
  const name = useId();
  return (
    <div
      {...aria}
      role="radiogroup"
      className={cn('inline-flex h-8 shrink-0 gap-px rounded-md border bg-sunken p-0.5', className)}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="relative flex cursor-pointer items-center gap-1.5 rounded-sm px-2.5 text-muted text-sm hover:text-fg has-checked:bg-raised has-checked:font-medium has-checked:text-fg has-checked:shadow-sm"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onValueChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-sm"
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
