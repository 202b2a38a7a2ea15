'use client';

import { X } from 'lucide-react';
import { IconButton } from '@/components/ui/icon-button';
import { ProgressBar } from '@/components/ui/progress-bar';
import { toast } from '@/components/ui/toast';
import { useNow } from '@/components/ui/use-now';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { VersionSummary } from '../dataset.schema';
import { importFigures } from './prepare-transfer';

interface ImportProgressProps {
  datasetId: string;
  name: string;
  version: VersionSummary;
  className?: string;
}

/** A file being checked: bytes, rows, rate, time left, cancel. */
export function ImportProgressLine({ datasetId, name, version, className }: ImportProgressProps) {
  const now = useNow();
  const writes = useMay('datasets:write');
  const utils = trpc.useUtils();
  const cancel = trpc.datasets.cancelImport.useMutation({
    onSuccess: () => utils.datasets.invalidate(),
    onError: (error) => {
      void utils.datasets.invalidate();
      toast.error(error.message);
    },
  });
  const { ratio, text } = importFigures(version.progress, now);
  return (
    <div className={className}>
      <div className="flex items-center gap-2">
        <ProgressBar className="flex-1" label={`Check of ${name} v${version.number}`} value={ratio} />
        {writes && (
          <IconButton
            size="sm"
            label="Cancel the check"
            disabled={cancel.isPending}
            onClick={() => cancel.mutate({ datasetId, versionId: version.id })}
          >
            <X />
          </IconButton>
        )}
      </div>
      <p suppressHydrationWarning className="text-muted text-sm">
        {text}
      </p>
    </div>
  );
}
