import { cn } from './cn';
import type { DataColumn } from './data-table-column';
import { DataTableHead } from './data-table-head';
import { Skeleton } from './skeleton';

/** The table's own shape while its first page is on the way. */
export function DataTableSkeleton<T>({ columns, rows }: { columns: readonly DataColumn<T>[]; rows: number }) {
  return (
    <div role="status" aria-label="Loading" className="overflow-hidden">
      <table className="w-full border-collapse text-left text-sm">
        <DataTableHead columns={columns} />
        <tbody>
          {Array.from({ length: rows }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton have no identity and never move
            <tr key={index} className="border-b last:border-b-0">
              {columns.map((column, at) => (
                <td key={column.id} className={cn('h-9 px-3 first:pl-4 last:pr-4', at > 1 && 'max-sm:hidden')}>
                  <Skeleton
                    className={cn('h-3.5', at === 0 ? 'w-40' : 'w-16', column.align === 'right' && 'ml-auto')}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
