import type { ReactNode } from 'react';
import { cn } from '../ui/cn';

/** The column of a page: at most 1 280 px; `wide` for tables that may use the whole width. */
export function PageBody({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return <div className={cn('mx-auto w-full', !wide && 'max-w-[1280px]')}>{children}</div>;
}
