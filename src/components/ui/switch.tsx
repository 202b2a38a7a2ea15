'use client';

import { Switch as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';

interface SwitchProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  disabled?: boolean;
}

/** For settings that take effect at once. What is sent with a form is a Checkbox. */
export function Switch({ checked, onCheckedChange, label, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <span className="inline-flex items-center gap-2">
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={onCheckedChange}
        disabled={disabled}
        className="h-[18px] w-8 shrink-0 rounded-full border border-line-strong bg-hover p-px transition-colors duration-100 disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Radix.Thumb className="block size-3.5 rounded-full bg-raised shadow-sm transition-transform duration-100 data-[state=checked]:translate-x-3.5" />
      </Radix.Root>
      <label htmlFor={id}>{label}</label>
    </span>
  );
}
