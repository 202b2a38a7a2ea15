'use client';

import type { ReactNode } from 'react';
import { Tooltip } from './tooltip';

/** A word of the field, explained on hover and focus: what it is, and what a bigger value does. */
export function Term({ children, explain }: { children: ReactNode; explain: ReactNode }) {
  return (
    <Tooltip content={explain}>
      <button
        type="button"
        className="cursor-help rounded-sm underline decoration-dotted decoration-line-strong underline-offset-[3px]"
      >
        {children}
      </button>
    </Tooltip>
  );
}
