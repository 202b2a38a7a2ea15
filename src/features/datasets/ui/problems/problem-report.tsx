'use client';

import { CircleCheck } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { DatasetDetail, ValidationReport, VersionSummary } from '../../dataset.schema';
import { isImporting } from '../dataset-status';
import { type Group, ProblemGroup } from './problem-group';

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
  // Only the newest version can be changed.
  const changeable = useMay('datasets:write') && version.status === 'ready' && version.id === dataset.version.id;
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
      <p className="text-muted">{summaryOf(report)}</p>
      {report.groups.map((group) => (
        <ProblemGroup
          key={group.code}
          report={report}
          group={group}
          onFix={changeable ? () => setFixed(group) : null}
        />
      ))}
      {fixed && <FixDialog dataset={dataset} version={version} group={fixed} onClose={() => setFixed(null)} />}
    </div>
  );
}

function summaryOf({ rows, rejectedRows, status, groups }: ValidationReport): string {
  const others = groups.find(({ code }) => code === 'other_answer_left_out')?.total ?? 0;
  const answers =
    others === 0
      ? ''
      : ` Of ${others === 1 ? '1 preference pair' : `${formatCount(others)} preference pairs`} only the preferred answer is in it.`;
  const kept = `${formatCount(rows)} ${rows === 1 ? 'row was' : 'rows were'} taken`;
  if (status !== 'ready') return 'No version was made of this file. Set right what is named here and upload it again.';
  if (rejectedRows === 0) return `${kept}, and none was left out.${answers} What follows is worth a look.`;
  return `${kept}, ${formatCount(rejectedRows)} with errors ${rejectedRows === 1 ? 'was' : 'were'} left out.${answers} Set them right and upload the file as the next version.`;
}
