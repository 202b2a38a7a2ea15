'use client';

import { Check, Minus } from 'lucide-react';
import { type ReactNode, useId } from 'react';

interface CheckboxProps {
  checked: boolean | 'indeterminate';
  onCheckedChange: (checked: boolean) => void;
  /** Visible text; leave out only together with `aria-label`. */
  label?: ReactNode;
  'aria-label'?: string;
  disabled?: boolean;
}

export function Checkbox({ checked, onCheckedChange, label, disabled = false, ...aria }: CheckboxProps) {
  const id = useId();
  const some = checked === 'indeterminate';
  const Mark = some ? Minus : Check;
  const box = (
    <span className="relative inline-flex size-4 shrink-0 text-on-accent">
      <input
        // The browser knows the third state as a property only.
        ref={(input) => {
          if (input) input.indeterminate = some;
        }}
        id={id}
        {...aria}
        type="checkbox"
        checked={checked === true}
        disabled={disabled}
        onChange={(event) => onCheckedChange(event.target.checked)}
        className="size-4 appearance-none rounded-sm border border-line-strong bg-raised checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent enabled:not-checked:not-indeterminate:hover:border-faint disabled:opacity-55"
      />
      {checked !== false && <Mark aria-hidden className="pointer-events-none absolute inset-0.5 size-3" />}
    </span>
  );
  if (label === undefined) return box;
  return (
    <span className="inline-flex items-center gap-2">
      {box}
      <label htmlFor={id}>{label}</label>
    </span>
  );
}
