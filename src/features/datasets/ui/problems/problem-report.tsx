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
import { countRows } from '../change/prepare-change';
import { isImporting } from '../dataset-status';
import { fileVersion, hasRowPerLine } from '../prepare-format';
import { prepareSummary } from './prepare-summary';
import { type Group, ProblemGroup } from './problem-group';

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
  const [line, setLine] = useState<number | null>(null);
  // Only the newest version can be changed.
  const changeable = useMay('datasets:write') && version.status === 'ready' && version.id === dataset.version.id;
  const source = report.rejectedRows > 0 ? fileVersion(dataset, version) : null;
  // The stored file of a version that was made can be looked into.
  const file = source?.status === 'ready' && source.fileName !== null ? source : null;
  const onLeftOut = file && hasRowPerLine(file) ? setLine : null;
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
        <p className="max-w-[80ch] text-muted">{prepareSummary(report, onLeftOut !== null && changeable)}</p>
        {file && (
          <Button size="sm" asChild>
            <a href={`/api/fine-tuning/datasets/${dataset.id}/left-out?version=${file.number}`} download>
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
          onLeftOut={onLeftOut}
        />
      ))}
      {file && line !== null && (
        <LeftOutDialog
          dataset={dataset}
          file={file}
          line={line}
          addTo={changeable ? version : null}
          onClose={() => setLine(null)}
        />
      )}
      {fixed && <FixDialog dataset={dataset} version={version} group={fixed} onClose={() => setFixed(null)} />}
    </div>
  );
}
