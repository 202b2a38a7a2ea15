'use client';

import { ErrorPanel } from '@/components/ui/error-panel';
import { LoadMore } from '@/components/ui/load-more';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import type { ValidationReport } from '../../dataset.schema';
import { type OpenerOf, ProblemPlaces } from './problem-places';

interface AllPlacesProps {
  report: ValidationReport;
  group: ValidationReport['groups'][number];
  openerOf: OpenerOf;
}

/** Every place that was kept of one kind, page by page. The total may be larger: places are kept up to a bound. */
export function AllPlaces({ report, group, openerOf }: AllPlacesProps) {
  const query = trpc.datasets.problems.useInfiniteQuery(
    { datasetId: report.datasetId, versionId: report.versionId, code: group.code, limit: 50 },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const places = query.data?.pages.flatMap((page) => page.items);
  if (query.error && !places) {
    return <ErrorPanel title="Places could not be loaded" error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!places) return <Skeleton className="h-64" />;
  return (
    <>
      <p className="mb-3 text-muted">{group.fix}</p>
      <div className="rounded-lg border">
        <ProblemPlaces label={group.title} places={places} numbered={report.rowsNumbered} openerOf={openerOf} />
        <LoadMore
          available={query.hasNextPage}
          pending={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      </div>
      {!query.hasNextPage && places.length < group.total && (
        <p className="mt-2 text-muted text-sm">
          {formatCount(group.total)} were found in all; the first {formatCount(places.length)} places are kept.
        </p>
      )}
    </>
  );
}
