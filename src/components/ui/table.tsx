import type { ComponentProps } from 'react';
import { cn } from './cn';

/** A plain table for a few fixed rows. Lists that sort, load more or link are a DataTable. */
export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return (
    <div className="overflow-x-auto">
      <table {...rest} className={cn('w-full border-collapse text-left text-sm', className)} />
    </div>
  );
}

interface CellProps extends ComponentProps<'td'> {
  /** Right-aligned figures. */
  numeric?: boolean;
}

export function Th({ numeric = false, className, ...rest }: CellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn(
        'h-8 whitespace-nowrap border-b px-3 font-medium text-muted first:pl-4 last:pr-4',
        numeric && 'text-right',
        className,
      )}
    />
  );
}

export function Td({ numeric = false, className, ...rest }: CellProps) {
  return (
    <td
      {...rest}
      className={cn('h-9 border-b px-3 first:pl-4 last:pr-4', numeric && 'whitespace-nowrap text-right', className)}
    />
  );
}
