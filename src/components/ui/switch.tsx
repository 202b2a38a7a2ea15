'use client';

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
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={checked}
        checked={checked}
        onChange={(event) => onCheckedChange(event.target.checked)}
        disabled={disabled}
        className="h-[18px] w-8 shrink-0 appearance-none rounded-full border border-line-strong bg-hover p-px transition-colors duration-100 before:block before:size-3.5 before:rounded-full before:bg-raised before:shadow-sm before:transition-transform before:duration-100 checked:border-accent checked:bg-accent checked:before:translate-x-3.5 disabled:opacity-55"
      />
      <label htmlFor={id}>{label}</label>
    </span>
  );
}
