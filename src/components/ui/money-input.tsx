'use client';

import { type ComponentProps, useState } from 'react';
import { type Money, parseUsd, toDecimalUsd } from '@/lib/money';
import { cn } from './cn';
import { Input } from './input';

interface MoneyInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'defaultValue'> {
  value: Money | null | undefined;
  /** Null while the text is no amount of dollars. */
  onChange: (amount: Money | null) => void;
}

/** Dollars in, nano-dollars out, exactly. With react-hook-form inside a Controller. */
export function MoneyInput({ value, onChange, className, ...rest }: MoneyInputProps) {
  const [text, setText] = useState(value === null || value === undefined ? '' : toDecimalUsd(value));
  return (
    <div className="relative">
      <span aria-hidden className="pointer-events-none absolute top-1.5 left-2.5 text-muted">
        $
      </span>
      <Input
        inputMode="decimal"
        autoComplete="off"
        {...rest}
        className={cn('pl-6', className)}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onChange(parseUsd(event.target.value));
        }}
      />
    </div>
  );
}
