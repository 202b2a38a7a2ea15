'use client';

import { Sparkles } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { parseAsInteger, useQueryState } from 'nuqs';
import { type ReactNode, useCallback, useState } from 'react';
import { CrumbName } from '@/components/layout/crumb-name';
import { Button } from '@/components/ui/button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { UrlTabs } from '@/components/ui/url-tabs';
import { useMay } from '@/trpc/use-may';
import type { DatasetDetail, VersionSummary } from '../dataset.schema';
import type { VersionScore } from '../score.schema';
import { DatasetMenu } from './dataset-menu';
import { DatasetStatus, isImporting } from './dataset-status';
import { ExportButton } from './export/export-button';
import { ImportState } from './import-state';
import { versionLine } from './prepare-analysis';
import { sourceLine } from './prepare-format';
import { Preview } from './preview/preview';
import { PageDrop } from './upload/page-drop';
import { UploadButton } from './upload/upload-button';
import { useAddUploads } from './upload/uploads';
import { useDataset } from './use-dataset';
import { useVersionScores } from './use-version-scores';
import { UsedBy } from './used-by';

const PasteDialog = dynamic(() => import('./list/paste-dialog').then((file) => file.PasteDialog), { ssr: false });

// A tab comes when it is opened.
const loading = () => <Skeleton className="h-96" />;
const ProblemReport = dynamic(() => import('./problems/problem-report').then((file) => file.ProblemReport), {
  loading,
});
const Analysis = dynamic(() => import('./analysis/analysis').then((file) => file.Analysis), { loading });
const VersionHistory = dynamic(() => import('./versions/version-history').then((file) => file.VersionHistory), {
  loading,
});

/** The version that is open, for parts of the page that come from elsewhere. */
export interface OpenVersion {
  datasetId: string;
  version: VersionSummary;
  /** It is not the one that the dataset opens with. */
  older: boolean;
}

type FitSlot = (open: OpenVersion) => ReactNode;

/** @param renderFit where the open version can be trained: known to a slice that comes after this one, so it is handed in */
export function DatasetPage({ id, renderFit }: { id: string; renderFit: FitSlot }) {
  const { query, dataset, live } = useDataset(id);
  const gone = live.status === 'error' ? live.error : query.error;
  if (!dataset) {
    if (query.error)
      return (
        <ErrorPanel
          title="This dataset could not be shown"
          error={query.error}
          onRetry={() => void query.refetch()}
          actions={<BackToList />}
        />
      );
    return <Skeleton className="h-96" />;
  }
  return (
    <>
      {gone && live.status === 'error' && (
        <ErrorPanel
          className="mb-4"
          title="This page is no longer live"
          error={gone}
          onRetry={live.reset}
          actions={<BackToList />}
        />
      )}
      <LoadedDataset dataset={dataset} renderFit={renderFit} />
    </>
  );
}

const BackToList = () => (
  <Button size="sm" asChild>
    <Link href="/dashboard/fine-tuning/datasets">All datasets</Link>
  </Button>
);

function LoadedDataset({ dataset, renderFit }: { dataset: DatasetDetail; renderFit: FitSlot }) {
  const [number] = useQueryState('version', parseAsInteger);
  const [pasting, setPasting] = useState(false);
  const writes = useMay('datasets:write');
  const launches = useMay('jobs:launch');
  const addUploads = useAddUploads();
  const upload = useCallback((files: File[]) => addUploads(files, { datasetId: dataset.id }), [addUploads, dataset.id]);
  const version = dataset.history.find((one) => one.number === number) ?? dataset.version;
  const score = useVersionScores(dataset).of(version);
  return (
    <>
      <CrumbName name={dataset.name} />
      <PageHeader
        title={dataset.name}
        badge={version.status !== 'ready' && <DatasetStatus status={version.status} />}
        summary={<Summary dataset={dataset} version={version} score={score} />}
        actions={
          <>
            <DatasetMenu dataset={dataset} onPaste={() => setPasting(true)} />
            <ExportButton datasetId={dataset.id} version={version} />
            {writes && <UploadButton onFiles={upload}>Upload new version</UploadButton>}
            {launches && <FineTune dataset={dataset} version={version} />}
          </>
        }
      />
      <ImportState dataset={dataset} shown={version} onFiles={upload} />
      <UrlTabs aria-label="Parts of the dataset" tabs={tabsOf({ dataset, version, score }, renderFit)} />
      {pasting && <PasteDialog open onOpenChange={setPasting} dataset={dataset} />}
      {writes && <PageDrop onFiles={upload}>{`Drop a file: it becomes the next version of ${dataset.name}`}</PageDrop>}
    </>
  );
}

interface SummaryProps {
  dataset: DatasetDetail;
  version: VersionSummary;
  score: VersionScore | undefined;
}

function Summary({ dataset, version, score }: SummaryProps) {
  const older = version.id !== dataset.version.id;
  return (
    <>
      {version.status === 'ready' ? versionLine(version, score) : `v${version.number}`}
      {older && (
        <>
          {' · '}
          <Link href="?" className="text-accent hover:underline">
            Back to v{dataset.version.number}
          </Link>
        </>
      )}
      <span className="block break-words text-sm">{sourceLine(dataset, version)}</span>
      {dataset.description && <span className="block">{dataset.description}</span>}
    </>
  );
}

function FineTune({ dataset, version }: { dataset: DatasetDetail; version: VersionSummary }) {
  if (version.status !== 'ready') {
    const why = isImporting(version.status) ? 'Ready once the check has ended' : 'There is no version to train on yet';
    return (
      <Button variant="primary" disabled title={why}>
        <Sparkles aria-hidden />
        Fine-tune
      </Button>
    );
  }
  const query = new URLSearchParams({ dataset: dataset.id });
  if (version.id !== dataset.version.id) query.set('version', version.id);
  return (
    <Button variant="primary" asChild>
      <Link href={`/dashboard/fine-tuning/jobs/new?${query}`}>
        <Sparkles aria-hidden />
        Fine-tune
      </Link>
    </Button>
  );
}

interface Part {
  value: string;
  label: string;
  count?: number;
  content: ReactNode;
}

function tabsOf({ dataset, version, score }: SummaryProps, renderFit: FitSlot): Part[] {
  const older = version.id !== dataset.version.id;
  const found = version.problems + version.warnings + (score?.remarks ?? 0);
  return [
    { value: 'preview', label: 'Preview', content: <Preview dataset={dataset} version={version} /> },
    {
      value: 'problems',
      label: 'Problems',
      ...(found > 0 && { count: found }),
      content: <ProblemReport dataset={dataset} version={version} />,
    },
    { value: 'analysis', label: 'Analysis', content: <Analysis dataset={dataset} version={version} /> },
    { value: 'fit', label: 'Fit', content: renderFit({ datasetId: dataset.id, version, older }) },
    { value: 'versions', label: 'Versions', count: dataset.versions, content: <VersionHistory dataset={dataset} /> },
    { value: 'used-by', label: 'Used by', count: dataset.usedBy.length, content: <UsedBy dataset={dataset} /> },
  ];
}
