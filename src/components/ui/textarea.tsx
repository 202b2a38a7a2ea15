import type { ComponentProps } from 'react';
import { cn } from './cn';
import { controlLook } from './input';

export function Textarea({ className, rows = 4, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={rows} {...rest} className={cn(controlLook, 'block resize-y px-2.5 py-1.5', className)} />;
}
