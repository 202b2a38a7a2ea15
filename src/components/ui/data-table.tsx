'use client';

import { type ColumnDef, flexRender, getCoreRowModel, type Row, useReactTable } from '@tanstack/react-table';
import Link from 'next/link';
import { type ReactNode, useMemo } from 'react';
import { cn } from './cn';
import type { DataColumn, SortState } from './data-table-column';
import { DataTableHead } from './data-table-head';
import { DataTableSkeleton } from './data-table-skeleton';
import { LoadMore } from './load-more';

interface DataTableProps<T> {
  /** Read aloud: what the rows are. */
  label: string;
  columns: readonly DataColumn<T>[];
  /** Undefined while the first page loads: a skeleton in the final shape is shown. */
  rows: readonly T[] | undefined;
  rowId: (row: T) => string;
  /** The whole row leads there; the link itself sits in the title column. */
  rowHref?: (row: T) => string;
  /** For lists whose rows open beside them. */
  onRowClick?: (row: T) => void;
  /** The row whose details are open. */
  activeId?: string | undefined;
  sort?: SortState | undefined;
  onSort?: (sort: SortState) => void;
  /** Shown instead of rows when there are none. */
  empty: ReactNode;
  /** Keyset paging. */
  more?: { available: boolean; pending: boolean; onMore: () => void } | undefined;
  /** How many rows the skeleton has. */
  expected?: number;
  className?: string;
}

export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rows, rowId, rowHref, onRowClick, activeId, sort, onSort, empty, more, expected = 6 } = props;
  const defs = useMemo(() => columns.map((column, index) => toDef(column, index)), [columns]);
  const table = useReactTable<T>({
    data: rows as T[],
    columns: defs,
    getCoreRowModel: getCoreRowModel(),
    getRowId: rowId,
    manualSorting: true,
  });
  if (rows === undefined) return <DataTableSkeleton columns={columns} rows={expected} />;
  if (rows.length === 0) return empty;
  const linked = rowHref !== undefined || onRowClick !== undefined;
  return (
    <div className={cn('overflow-x-auto', props.className)}>
      <table aria-label={label} className="w-full border-collapse text-left text-sm max-sm:block">
        <DataTableHead columns={columns} sort={sort} onSort={onSort} />
        <tbody className="max-sm:block">
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              aria-current={row.id === activeId || undefined}
              className={cn(
                'relative border-b last:border-b-0 max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-1 max-sm:px-4 max-sm:py-3',
                linked && 'hover:bg-sunken',
                row.id === activeId && 'bg-accent-soft',
              )}
            >
              <Cells row={row} columns={columns} href={rowHref?.(row.original)} onRowClick={onRowClick} />
            </tr>
          ))}
        </tbody>
      </table>
      {more && <LoadMore {...more} />}
    </div>
  );
}

const toDef = <T,>(column: DataColumn<T>, index: number): ColumnDef<T> => ({
  id: column.id,
  header: () => column.header,
  cell: ({ row }) => column.cell(row.original),
  meta: { index },
});

interface CellsProps<T> {
  row: Row<T>;
  columns: readonly DataColumn<T>[];
  href: string | undefined;
  onRowClick: ((row: T) => void) | undefined;
}

function Cells<T>({ row, columns, href, onRowClick }: CellsProps<T>) {
  return row.getVisibleCells().map((cell, index) => {
    const column = columns[index];
    if (!column) return null;
    const narrow = column.narrow ?? (index === 0 ? 'title' : 'hidden');
    const content = flexRender(cell.column.columnDef.cell, cell.getContext());
    const title = index === columns.findIndex((one, at) => (one.narrow ?? (at === 0 ? 'title' : 'hidden')) === 'title');
    return (
      <td
        key={cell.id}
        style={column.width ? { width: column.width } : undefined}
        className={cn(
          'h-9 max-w-md px-3 py-1.5 sm:first:pl-4 sm:last:pr-4 max-sm:h-auto max-sm:w-auto! max-sm:max-w-none max-sm:p-0',
          column.align === 'right' && 'whitespace-nowrap text-right max-sm:text-left',
          column.interactive && 'z-1 [&>*]:relative [&>*]:z-1',
          narrow === 'hidden' && 'max-sm:hidden',
          narrow === 'title' && 'max-sm:col-span-2 max-sm:font-medium max-sm:text-base',
        )}
      >
        {narrow === 'value' && <span className="text-faint sm:hidden">{column.header} </span>}
        {title ? (
          <Leading href={href} content={content} open={onRowClick && (() => onRowClick(row.original))} />
        ) : (
          content
        )}
      </td>
    );
  });
}

interface LeadingProps {
  href: string | undefined;
  open: (() => void) | undefined;
  content: ReactNode;
}

/** The one link of a row, stretched over all of it. */
function Leading({ href, open, content }: LeadingProps) {
  const stretched =
    'block min-w-0 truncate text-left font-medium text-fg after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent';
  if (href !== undefined) {
    return (
      <Link href={href} className={stretched}>
        {content}
      </Link>
    );
  }
  if (open) {
    return (
      <button type="button" onClick={open} className={cn(stretched, 'w-full')}>
        {content}
      </button>
    );
  }
  return content;
}
