import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { cn } from './cn';
import type { DataColumn, SortState } from './data-table-column';

interface DataTableHeadProps<T> {
  columns: readonly DataColumn<T>[];
  sort?: SortState | undefined;
  onSort?: ((sort: SortState) => void) | undefined;
}

export function DataTableHead<T>({ columns, sort, onSort }: DataTableHeadProps<T>) {
  return (
    <thead className="max-sm:sr-only">
      <tr className="border-b text-muted">
        {columns.map((column) => (
          <th
            key={column.id}
            scope="col"
            aria-sort={ariaSort(column, sort)}
            style={column.width ? { width: column.width } : undefined}
            className={cn(
              'h-8 whitespace-nowrap px-3 font-medium first:pl-4 last:pr-4',
              column.align === 'right' && 'text-right',
            )}
          >
            {column.sort !== undefined && onSort ? (
              <SortButton column={column} sort={sort} onSort={onSort} by={column.sort} />
            ) : (
              column.header
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function ariaSort<T>(column: DataColumn<T>, sort: SortState | undefined) {
  if (column.sort === undefined || sort?.by !== column.sort) return undefined;
  return sort.descending ? 'descending' : 'ascending';
}

interface SortButtonProps<T> {
  column: DataColumn<T>;
  by: string;
  sort: SortState | undefined;
  onSort: (sort: SortState) => void;
}

function SortButton<T>({ column, by, sort, onSort }: SortButtonProps<T>) {
  const active = sort?.by === by;
  const Mark = active ? (sort.descending ? ArrowDown : ArrowUp) : ChevronsUpDown;
  return (
    <button
      type="button"
      onClick={() => onSort({ by, descending: active ? !sort.descending : false })}
      className={cn('inline-flex items-center gap-1 rounded-sm hover:text-fg', active && 'text-fg')}
    >
      {column.header}
      <Mark aria-hidden className="size-3.5" />
    </button>
  );
}
