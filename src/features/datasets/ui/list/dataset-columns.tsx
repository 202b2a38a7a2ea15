import type { DataColumn } from '@/components/ui/data-table-column';
import { RelativeTime } from '@/components/ui/relative-time';
import { formatCount } from '@/lib/format';
import type { DatasetSummary } from '../../dataset.schema';
import { DatasetStatus, isImporting } from '../dataset-status';
import { ImportProgressLine } from '../import-progress';
import { shortCount } from '../prepare-analysis';

const known = (dataset: DatasetSummary): boolean => dataset.version.status === 'ready';

export const datasetColumns: DataColumn<DatasetSummary>[] = [
  { id: 'name', header: 'Name', sort: 'name', cell: (dataset) => dataset.name },
  {
    id: 'status',
    header: 'State',
    narrow: 'value',
    interactive: true,
    width: '30%',
    cell: (dataset) => <State dataset={dataset} />,
  },
  {
    id: 'rows',
    header: 'Rows',
    sort: 'rows',
    align: 'right',
    narrow: 'value',
    cell: (dataset) => (known(dataset) ? formatCount(dataset.version.rows) : '–'),
  },
  {
    id: 'tokens',
    header: 'Tokens',
    align: 'right',
    cell: (dataset) =>
      known(dataset) ? (
        <span title={formatCount(dataset.version.tokens)}>{shortCount(dataset.version.tokens)}</span>
      ) : (
        '–'
      ),
  },
  { id: 'versions', header: 'Version', align: 'right', cell: (dataset) => `v${dataset.version.number}` },
  { id: 'jobs', header: 'Jobs', align: 'right', cell: (dataset) => formatCount(dataset.jobs) },
  {
    id: 'updated',
    header: 'Changed',
    align: 'right',
    cell: (dataset) => <RelativeTime date={dataset.updatedAt} />,
  },
];

function State({ dataset }: { dataset: DatasetSummary }) {
  const newest = dataset.pending ?? dataset.version;
  if (isImporting(newest.status)) {
    return <ImportProgressLine datasetId={dataset.id} name={dataset.name} version={newest} />;
  }
  const { problems, warnings } = dataset.version;
  const notes = [
    problems > 0 && `${formatCount(problems)} left out`,
    warnings > 0 && `${formatCount(warnings)} ${warnings === 1 ? 'warning' : 'warnings'}`,
  ].filter(Boolean);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <DatasetStatus status={newest.status} />
      {dataset.pending && <span className="text-muted">v{dataset.pending.number}</span>}
      {!dataset.pending && known(dataset) && notes.length > 0 && (
        <span
          className="text-muted"
          title="Rows with an error, which were left out, and what the check warned of, whichever signals count. Remarks are not counted here."
        >
          {notes.join(', ')}
        </span>
      )}
    </span>
  );
}
