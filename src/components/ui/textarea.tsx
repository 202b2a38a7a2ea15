'use client';

import type { ComponentProps } from 'react';
import { cn } from './cn';
import { controlLook } from './input';
import { useEarlyText } from './use-early-text';

export function Textarea({ className, rows = 4, ref, ...rest }: ComponentProps<'textarea'>) {
  const attach = useEarlyText(ref);
  return (
    <textarea
      rows={rows}
      {...rest}
      ref={attach}
      className={cn(controlLook, 'block resize-y px-2.5 py-1.5', className)}
    />
  );
}
