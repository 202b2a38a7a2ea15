'use client';

import { CircleCheck, Download } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { DatasetDetail, ValidationReport, VersionSummary } from '../../dataset.schema';
import { hasRowPerLine } from '../../formats/format.rules';
import type { RowInFile } from '../../left-out.rules';
import { countRows } from '../change/prepare-change';
import { isImporting } from '../dataset-status';
import { prepareSummary } from './prepare-summary';
import { type Group, ProblemGroup } from './problem-group';
import type { OpenerOf } from './problem-places';

const LeftOutDialog = dynamic(() => import('./left-out-dialog').then((file) => file.LeftOutDialog), { ssr: false });
const FixDialog = dynamic(() => import('../change/fix-dialog').then((file) => file.FixDialog), { ssr: false });

interface ProblemReportProps {
  dataset: DatasetDetail;
  version: VersionSummary;
}

/** Everything that was found in a version, by kind, with true totals. */
export function ProblemReport({ dataset, version }: ProblemReportProps) {
  const datasetId = dataset.id;
  const busy = isImporting(version.status);
  const query = trpc.datasets.report.useQuery({ datasetId, versionId: version.id }, { enabled: !busy });
  if (busy) {
    return (
      <Card flush>
        <EmptyState>
          Problems are being looked for.{' '}
          {version.progress && `${formatCount(version.progress.problems)} found in the rows read so far.`} The list
          appears when the check has ended.
        </EmptyState>
      </Card>
    );
  }
  if (query.error && !query.data) {
    return <ErrorPanel title="Problems could not be loaded" error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) return <Skeleton className="h-64" />;
  return <Report dataset={dataset} version={version} report={query.data} />;
}

function Report({ dataset, version, report }: ProblemReportProps & { report: ValidationReport }) {
  const [fixed, setFixed] = useState<Group | null>(null);
  const [row, setRow] = useState<RowInFile | null>(null);
  // Only the newest version can be changed.
  const changeable = useMay('datasets:write') && version.status === 'ready' && version.id === dataset.version.id;
  const { file } = report;
  const byLine = file !== null && hasRowPerLine(file.format.container);
  const openerOf: OpenerOf = ({ line, element }) =>
    line !== null && file && (byLine || element !== null) ? () => setRow({ line, element }) : null;
  const opens = report.groups.some(({ places }) =>
    places.some((place) => place.severity === 'error' && openerOf(place)),
  );
  if (report.groups.length === 0 && report.status !== 'ready') {
    return (
      <Card flush>
        <EmptyState>
          {`${report.status === 'cancelled' ? 'The check was cancelled' : 'The check stopped'} before its end, so there is nothing to tell of the rows.`}
        </EmptyState>
      </Card>
    );
  }
  if (report.groups.length === 0) {
    return (
      <Card flush>
        <EmptyState icon={<CircleCheck className="text-good" />}>
          Nothing to set right: {report.rows === 1 ? 'the one row was' : `all ${formatCount(report.rows)} rows were`}{' '}
          taken as they are.
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="max-w-[80ch] text-muted">
          {prepareSummary(report, changeable && opens ? (byLine ? 'line' : 'row') : null)}
        </p>
        {file && (
          <Button size="sm" asChild>
            <a href={`/api/fine-tuning/datasets/${dataset.id}/left-out?version=${version.number}`} download>
              <Download aria-hidden />
              {`Download ${countRows(report.rejectedRows)} left out`}
            </a>
          </Button>
        )}
      </div>
      {report.groups.map((group) => (
        <ProblemGroup
          key={group.code}
          report={report}
          group={group}
          onFix={changeable ? () => setFixed(group) : null}
          openerOf={openerOf}
        />
      ))}
      {file && row && (
        <LeftOutDialog
          dataset={dataset}
          version={version}
          file={file}
          row={row}
          addTo={changeable ? version : null}
          onClose={() => setRow(null)}
        />
      )}
      {fixed && <FixDialog dataset={dataset} version={version} group={fixed} onClose={() => setFixed(null)} />}
    </div>
  );
}
