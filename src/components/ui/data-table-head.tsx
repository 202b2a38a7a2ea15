import { cn } from './cn';
import type { DataColumn, SortState } from './data-table-column';
import { SortButton } from './sort-button';

interface DataTableHeadProps<T> {
  columns: readonly DataColumn<T>[];
  sort?: SortState | undefined;
  onSort?: ((sort: SortState) => void) | undefined;
}

export function DataTableHead<T>({ columns, sort, onSort }: DataTableHeadProps<T>) {
  return (
    <thead className="max-sm:sr-only">
      <tr className="border-b text-muted">
        {columns.map(({ sort: by, ...column }) => (
          <th
            key={column.id}
            scope="col"
            aria-sort={ariaSort(by, sort)}
            style={column.width ? { width: column.width } : undefined}
            className={cn(
              'h-8 whitespace-nowrap px-3 font-medium first:pl-4 last:pr-4',
              column.align === 'right' && 'text-right',
            )}
          >
            {by !== undefined && onSort ? (
              <SortButton way={ariaSort(by, sort)} onClick={() => onSort(turned(by, sort))}>
                {column.header}
              </SortButton>
            ) : (
              column.header
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function ariaSort(by: string | undefined, sort: SortState | undefined) {
  if (by === undefined || sort?.by !== by) return undefined;
  return sort.descending ? 'descending' : 'ascending';
}

/** The column's order, or, where it is in force, the other way round. */
const turned = (by: string, sort: SortState | undefined): SortState => ({
  by,
  descending: sort?.by === by ? !sort.descending : false,
});
