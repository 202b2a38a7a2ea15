import { cn } from './cn';
import { controlLook } from './input';

export const selectLook = (size: 'sm' | 'md', className: string | undefined): string =>
  cn(
    controlLook,
    'flex items-center justify-between gap-2 text-left data-placeholder:text-faint',
    size === 'sm' ? 'h-7 px-2 text-sm' : 'h-8 px-2.5',
    className,
  );
