'use client';

import { RotateCcw, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { ProgressBar } from '@/components/ui/progress-bar';
import { toast } from '@/components/ui/toast';
import { uploadFileProblem } from '@/lib/upload-file';
import { trpc } from '@/trpc/client';
import { uploadFigures } from '../prepare-transfer';
import type { QueuedUpload } from './uploads';
import { type UploadedDataset, useFileUpload } from './use-file-upload';

// Formats and their checks come with the first file.
const UploadPreview = dynamic(() => import('./upload-preview').then((module) => module.UploadPreview), { ssr: false });

interface UploadRowProps {
  upload: QueuedUpload;
  /** Several files share the panel. */
  brief: boolean;
  onRemove: (id: string) => void;
}

/** One file on its way: amount, rate, time left, its first rows, cancel; after a failure what happened, and again. */
export function UploadRow({ upload: queued, brief, onRemove }: UploadRowProps) {
  const { upload, start, cancel } = useFileUpload();
  const [isRead, setIsRead] = useState(false);
  const arrived = useArrived(queued);
  const { file, target } = queued;

  useEffect(() => {
    void start(file, target).then((dataset) => dataset && arrived.current(dataset));
  }, [start, file, target, arrived]);

  const failed = upload?.phase === 'failed';
  const done = upload?.phase === 'done';
  useEffect(() => {
    // Who is reading its rows has the window until they close it.
    if (done && !isRead) onRemove(queued.id);
  }, [done, isRead, onRemove, queued.id]);
  useWarnBeforeLeaving(upload?.phase === 'uploading' || upload?.phase === 'waiting');
  const figures = upload && uploadFigures(upload);
  const tone = failed ? 'bad' : upload?.phase === 'waiting' ? 'warn' : 'accent';
  return (
    <li className="flex items-start gap-2 py-2 pr-2 pl-4">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-sm">{file.name}</p>
        <ProgressBar className="mt-1.5" label={`Upload of ${file.name}`} value={figures?.ratio ?? null} tone={tone}>
          <span role={failed ? 'alert' : undefined} className={failed ? 'text-bad' : undefined}>
            {figures?.text ?? 'Starting'}
          </span>
        </ProgressBar>
        {uploadFileProblem(file) === null && (
          <UploadPreview upload={queued} brief={brief} open={isRead} onOpenChange={setIsRead} />
        )}
      </div>
      {failed && uploadFileProblem(file) === null && (
        <IconButton
          size="sm"
          label="Try again"
          onClick={() => void start(file, target).then((dataset) => dataset && arrived.current(dataset))}
        >
          <RotateCcw />
        </IconButton>
      )}
      <IconButton
        size="sm"
        label={failed ? 'Remove from the list' : 'Cancel upload'}
        onClick={() => {
          cancel();
          onRemove(queued.id);
        }}
      >
        <X />
      </IconButton>
    </li>
  );
}

/** What happens once the file is there. A ref, so that a new render never starts the upload again. */
function useArrived(queued: QueuedUpload) {
  const utils = trpc.useUtils();
  const router = useRouter();
  const arrived = useRef<(dataset: UploadedDataset) => void>(() => undefined);
  useEffect(() => {
    arrived.current = ({ datasetId }) => {
      void utils.datasets.invalidate();
      toast.success(`${queued.file.name} is uploaded and being checked`, {
        action: { label: 'Open', onClick: () => router.push(`/dashboard/fine-tuning/datasets/${datasetId}`) },
      });
    };
  });
  return arrived;
}

/** Closing the tab would stop the upload (it can be taken up again): the browser asks first. */
function useWarnBeforeLeaving(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [active]);
}
