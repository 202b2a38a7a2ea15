'use client';

import { type ReactNode, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import type { DataColumn, SortState } from '@/components/ui/data-table-column';
import { formatCount, formatPercent } from '@/lib/format';
import { type CsvValue, toCsv } from './csv';
import { ExportMenu } from './export-menu';

/** A column that is sorted by, and exported as, its value; `cell` shows it otherwise. */
export interface ValueColumn<T> {
  id: string;
  header: string;
  value: (row: T) => CsvValue;
  cell?: (row: T) => ReactNode;
  /** A ratio 0..1 is shown in percent and exported as it is. */
  percent?: boolean;
  width?: string;
}

interface TableCardProps<T> {
  title: string;
  rows: readonly T[];
  columns: readonly ValueColumn<T>[];
  rowId: (row: T) => string;
  rowHref?: (row: T) => string;
  /** One sentence above the table. */
  note?: ReactNode;
  /** Buttons beside the export. */
  actions?: ReactNode;
  /** Drawn above the table, exported as a drawing. */
  chart?: ReactNode;
  /** Shown instead of the table when there are no rows. */
  empty: string;
}

const SHOWN = 8;

/** A table to sort, with what it says as a file. Rows come as they should be read first; a click on a column sorts them. */
export function TableCard<T>(props: TableCardProps<T>) {
  const { title, rows, columns, rowId, rowHref, note, actions, chart, empty } = props;
  const [sort, setSort] = useState<SortState>();
  const [all, setAll] = useState(false);
  const drawing = useRef<HTMLDivElement>(null);
  const sorted = sort ? sortRows(rows, columns, sort) : rows;
  const csv = () =>
    toCsv(
      columns.map(({ header }) => header),
      sorted.map((row) => columns.map(({ value }) => value(row))),
    );
  return (
    <Card
      flush
      title={title}
      actions={
        <>
          {actions}
          {rows.length > 0 && <ExportMenu title={title} csv={csv} {...(chart ? { chart: drawing } : {})} />}
        </>
      }
    >
      {note !== undefined && <p className="px-4 pb-2 text-muted text-sm">{note}</p>}
      {chart && (
        <div ref={drawing} className="px-4 pb-2">
          {chart}
        </div>
      )}
      <DataTable
        label={title}
        columns={columns.map(toDataColumn)}
        rows={all ? sorted : sorted.slice(0, SHOWN)}
        rowId={rowId}
        {...(rowHref && { rowHref })}
        sort={sort}
        onSort={setSort}
        empty={<p className="px-4 pt-1 pb-4 text-muted text-sm">{empty}</p>}
      />
      {rows.length > SHOWN && (
        <div className="border-t px-3 py-1.5">
          <Button size="sm" variant="ghost" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${formatCount(rows.length)}`}
          </Button>
        </div>
      )}
    </Card>
  );
}

function toDataColumn<T>(column: ValueColumn<T>, place: number, columns: readonly ValueColumn<T>[]): DataColumn<T> {
  const { id, header, value, cell, percent = false, width } = column;
  const shown = (row: T): ReactNode => {
    const one = value(row);
    if (one === null) return <span className="text-faint">–</span>;
    if (typeof one === 'string') return <span className="line-clamp-2 break-words">{one}</span>;
    return percent ? formatPercent(one, one > 0 && one < 0.01 ? 1 : 0) : formatCount(one, 2);
  };
  const texts = columns.length > 1 && place === 0;
  return {
    ...{ id, header, sort: id, cell: cell ?? shown },
    narrow: place === 0 ? 'title' : 'value',
    align: texts || cell ? 'left' : 'right',
    ...(width !== undefined && { width }),
  };
}

function sortRows<T>(rows: readonly T[], columns: readonly ValueColumn<T>[], { by, descending }: SortState): T[] {
  const column = columns.find(({ id }) => id === by);
  if (!column) return [...rows];
  const compare = (a: CsvValue, b: CsvValue): number =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a ?? '').localeCompare(String(b ?? ''));
  return rows.toSorted((a, b) => compare(column.value(a), column.value(b)) * (descending ? -1 : 1));
}
