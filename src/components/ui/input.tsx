'use client';

import type { ComponentProps } from 'react';
import { cn } from './cn';
import { useEarlyText } from './use-early-text';

export const controlLook =
  'w-full rounded-md border border-line-strong bg-raised text-base text-fg placeholder:text-faint transition-colors duration-100 hover:border-faint focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-bad';

export function Input({ className, ref, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} ref={useEarlyText(ref)} className={cn(controlLook, 'h-8 px-2.5', className)} />;
}
