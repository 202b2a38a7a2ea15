'use client';

import { CircleAlert, CircleX } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { DatasetDetail, VersionSummary } from '../dataset.schema';
import { isImporting } from './dataset-status';
import { ImportProgressLine } from './import-progress';
import { UploadButton } from './upload/upload-button';

interface ImportStateProps {
  dataset: DatasetDetail;
  shown: VersionSummary;
  onFiles: (files: File[]) => void;
}

/** What is going on with the newest file: its check as it runs, or why it did not become a version. */
export function ImportState({ dataset, shown, onFiles }: ImportStateProps) {
  const version = shown.status === 'ready' ? dataset.pending : shown;
  if (!version || version.status === 'ready') return null;
  if (isImporting(version.status)) {
    return (
      <section
        aria-label={isChange(version) ? 'Change in progress' : 'Check in progress'}
        className="mb-4 rounded-lg border bg-raised p-4"
      >
        <p className="mb-2 font-medium">
          {isChange(version) ? 'Changing rows' : checking(version)}
          <span className="font-normal text-muted"> · v{version.number}</span>
        </p>
        <ImportProgressLine datasetId={dataset.id} name={dataset.name} version={version} />
      </section>
    );
  }
  return <NotImported dataset={dataset} version={version} onFiles={onFiles} />;
}

function NotImported({
  dataset,
  version,
  onFiles,
}: { dataset: DatasetDetail; version: VersionSummary } & Pick<ImportStateProps, 'onFiles'>) {
  const writes = useMay('datasets:write');
  const utils = trpc.useUtils();
  const again = trpc.datasets.validate.useMutation({
    onSuccess: () => utils.datasets.invalidate(),
    onError: (error) => toast.error(error.message),
  });
  const failed = version.status === 'failed';
  const Mark = failed ? CircleX : CircleAlert;
  return (
    <section role={failed ? 'alert' : undefined} className="mb-4 flex gap-3 rounded-lg border bg-raised p-4">
      <Mark aria-hidden className={`mt-0.5 size-4 shrink-0 ${failed ? 'text-bad' : 'text-warn'}`} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {failed
            ? `Version ${version.number} could not be ${isChange(version) ? 'made' : 'used'}`
            : `The ${isChange(version) ? 'change that would be' : 'check of'} version ${version.number} was cancelled`}
          {version.fileName && <span className="font-normal text-muted"> · {version.fileName}</span>}
        </p>
        <p className="mt-0.5 break-words text-muted">{version.statusReason ?? fallback(version)}</p>
        <div className="mt-3 flex flex-wrap gap-2">
          {writes && !isChange(version) && (
            <>
              <UploadButton onFiles={onFiles}>
                {failed ? 'Upload a corrected file' : 'Upload another file'}
              </UploadButton>
              <Button
                pending={again.isPending}
                onClick={() => again.mutate({ datasetId: dataset.id, versionId: version.id })}
              >
                Check the same file again
              </Button>
            </>
          )}
          {failed && !isChange(version) && (
            <Button variant="ghost" asChild>
              <Link href={`?version=${version.number}&tab=problems`}>See what was found</Link>
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

/** Made out of the version before, not out of a file. */
const isChange = (version: VersionSummary): boolean => version.source === 'edit';

const checking = ({ fileName }: VersionSummary): string => (fileName ? `Checking ${fileName}` : 'Checking');

const fallback = (version: VersionSummary): string =>
  version.status === 'failed'
    ? `The ${isChange(version) ? 'change' : 'check'} stopped before its end.`
    : isChange(version)
      ? 'Nothing was changed.'
      : 'Nothing of this file was kept as a version.';
