'use client';

import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useId } from 'react';

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
  const box = (
    <Radix.Root
      id={id}
      {...aria}
      checked={checked}
      disabled={disabled}
      onCheckedChange={(next) => onCheckedChange(next === true)}
      className="flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-raised text-on-accent hover:border-faint disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent"
    >
      <Radix.Indicator>
        {checked === 'indeterminate' ? <Minus className="size-3" /> : <Check className="size-3" />}
      </Radix.Indicator>
    </Radix.Root>
  );
  if (label === undefined) return box;
  return (
    <span className="inline-flex items-center gap-2">
      {box}
      <label htmlFor={id}>{label}</label>
    </span>
  );
}
