import type { ReactNode } from 'react';
import { cn } from './cn';

interface CardProps {
  title?: ReactNode;
  /** Buttons or a link at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
  /** Tables bring their own edges. */
  flush?: boolean;
  className?: string;
}

export function Card({ title, actions, children, flush = false, className }: CardProps) {
  return (
    <section className={cn('min-w-0 rounded-lg border bg-raised', className)}>
      {title !== undefined && (
        <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-2 px-4 pt-2 pb-1">
          <h2 className="min-w-0 max-w-full truncate font-semibold text-lg">{title}</h2>
          {actions !== undefined && <div className="flex min-w-0 items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={cn(!flush && 'p-4', title !== undefined && !flush && 'pt-1')}>{children}</div>
    </section>
  );
}
