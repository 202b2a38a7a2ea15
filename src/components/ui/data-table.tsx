'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
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
  if (rows === undefined) return <DataTableSkeleton columns={columns} rows={expected} />;
  if (rows.length === 0) return empty;
  const linked = rowHref !== undefined || onRowClick !== undefined;
  return (
    <div className={cn('overflow-x-auto', props.className)}>
      <table aria-label={label} className="w-full border-collapse text-left text-sm max-sm:block">
        <DataTableHead columns={columns} sort={sort} onSort={onSort} />
        <tbody className="max-sm:block">
          {rows.map((row) => {
            const id = rowId(row);
            return (
              <tr
                key={id}
                aria-current={id === activeId || undefined}
                className={cn(
                  'relative border-b last:border-b-0 max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-1 max-sm:px-4 max-sm:py-3',
                  linked && 'hover:bg-sunken',
                  id === activeId && 'bg-accent-soft',
                )}
              >
                <Cells row={row} columns={columns} href={rowHref?.(row)} onRowClick={onRowClick} />
              </tr>
            );
          })}
        </tbody>
      </table>
      {more && <LoadMore {...more} />}
    </div>
  );
}

interface CellsProps<T> {
  row: T;
  columns: readonly DataColumn<T>[];
  href: string | undefined;
  onRowClick: ((row: T) => void) | undefined;
}

const narrowOf = <T,>({ narrow }: DataColumn<T>, index: number) => narrow ?? (index === 0 ? 'title' : 'hidden');

function Cells<T>({ row, columns, href, onRowClick }: CellsProps<T>) {
  const titleAt = columns.findIndex((column, index) => narrowOf(column, index) === 'title');
  return columns.map((column, index) => {
    const narrow = narrowOf(column, index);
    const content = column.cell(row);
    return (
      <td
        key={column.id}
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
        {index === titleAt ? (
          <Leading href={href} content={content} open={onRowClick && (() => onRowClick(row))} />
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
