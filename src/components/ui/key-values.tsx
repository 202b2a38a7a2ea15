import { Fragment, type ReactNode } from 'react';
import { cn } from './cn';

interface KeyValuesProps {
  /** Pairs whose value is null or undefined are left out. */
  items: readonly (readonly [label: string, value: ReactNode])[];
  className?: string;
}

export function KeyValues({ items, className }: KeyValuesProps) {
  return (
    <dl className={cn('grid grid-cols-[minmax(7rem,max-content)_1fr] gap-x-6 gap-y-2 text-sm', className)}>
      {items
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([label, value]) => (
          <Fragment key={label}>
            <dt className="text-muted">{label}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
