'use client';

import { CircleAlert, Rows3, TriangleAlert } from 'lucide-react';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Skeleton } from '@/components/ui/skeleton';
import { Table, Td, Th } from '@/components/ui/table';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import type { VersionSummary } from '../../dataset.schema';
import type { FirstRows as Rows } from '../../first-rows.schema';
import { rowWord } from '../../left-out.rules';

const NARROW_HIDDEN = 'max-sm:hidden';

/** The beginning of a file while all of it is still being checked: what its rows are, and what is wrong with them. */
export function FirstRows({ datasetId, version }: { datasetId: string; version: VersionSummary }) {
  const query = trpc.datasets.firstRows.useQuery(
    { datasetId, versionId: version.id },
    { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, trpc: { context: { alone: true } } },
  );
  if (query.error)
    return (
      <ErrorPanel title="The first rows could not be shown" error={query.error} onRetry={() => void query.refetch()} />
    );
  if (!query.data) return <Skeleton className="h-96" />;
  const { rows, refusal } = query.data;
  if (rows.length === 0) {
    return (
      <Card flush>
        <EmptyState icon={<Rows3 />}>
          {refusal ?? 'No row ends in the first part of the file. Examples appear here as soon as the check has ended.'}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card flush>
      <p className="border-b px-4 py-2.5 text-muted text-sm">{summary(query.data)}</p>
      <Table aria-label="First rows of the file" className="table-fixed">
        <thead>
          <tr>
            <Th numeric className="w-16">
              {rowWord(query.data.numbered)}
            </Th>
            <Th>First question</Th>
            <Th className={NARROW_HIDDEN}>Last answer</Th>
            <Th numeric className="w-20">
              Tokens
            </Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: several rows may stand on one line, and their order never changes
            <FirstRow key={place} row={row} />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function summary({ rows, whole }: Rows): string {
  const out = rows.filter(({ kept }) => !kept).length;
  const shown = whole
    ? `All ${formatCount(rows.length)} rows of the file`
    : `The first ${formatCount(rows.length)} rows of the file`;
  const left = out === 0 ? 'none of them stays out' : `${formatCount(out)} of them ${out === 1 ? 'stays' : 'stay'} out`;
  return `${shown}, ${left}. The check goes on; scores, copies and what is unusual come with its end.`;
}

function FirstRow({ row: { line, kept, tokens, question, answer, problems } }: { row: Rows['rows'][number] }) {
  return (
    <tr className="align-top last:[&>td]:border-b-0">
      <Td numeric className="py-2 text-muted">
        {formatCount(line)}
      </Td>
      <Td className="py-2">
        <span className={cn('block truncate', !kept && 'font-mono text-muted text-xs leading-5')}>
          {question || <span className="text-faint">no question</span>}
        </span>
        {problems.length > 0 && (
          <ul className="mt-0.5 grid gap-0.5">
            {problems.map(({ severity, path, message }) => (
              <li key={`${path} ${message}`} className="flex gap-1.5 text-muted">
                {severity === 'error' ? (
                  <CircleAlert aria-label="Stays out" className="mt-px size-4 shrink-0 text-bad" />
                ) : (
                  <TriangleAlert aria-label="Worth a look" className="mt-px size-4 shrink-0 text-warn" />
                )}
                <span className="min-w-0 break-words">
                  {message}
                  {path !== null && path !== '$' && <span className="text-faint">{` · ${path}`}</span>}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Td>
      <Td className={cn('truncate py-2 text-muted', NARROW_HIDDEN)}>{answer}</Td>
      <Td numeric className="py-2">
        {tokens === null ? <span className="text-faint">–</span> : formatCount(tokens)}
      </Td>
    </tr>
  );
}
