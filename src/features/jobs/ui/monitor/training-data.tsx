'use client';

import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { ErrorPanel } from '@/components/ui/error-panel';
import { KeyValues } from '@/components/ui/key-values';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import type { JobDetail } from '../../job.schema';

/** The exact version that this job learned from. */
export function TrainingData({ job }: { job: JobDetail }) {
  const query = trpc.datasets.get.useQuery({ id: job.dataset.id });
  const href = `/dashboard/fine-tuning/datasets/${job.dataset.id}?version=${job.dataset.version}`;
  if (query.error && !query.data) {
    return (
      <ErrorPanel title="The dataset could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (!query.data) return <Skeleton className="h-40" />;
  const version = query.data.history.find((one) => one.id === job.dataset.versionId);
  return (
    <Card
      title={`${job.dataset.name} v${job.dataset.version}`}
      actions={
        <Link href={href} className="text-accent text-sm hover:underline">
          Look at the examples
        </Link>
      }
    >
      {version ? (
        <KeyValues
          items={[
            [
              'Trained on',
              `${formatCount(version.trainRows)} examples, ${formatCount(version.trainTokens)} tokens per epoch`,
            ],
            ['Validated with', `${formatCount(version.validationRows)} examples`],
            ['Held out for the proof', `${formatCount(version.holdoutRows)} examples`],
            ['Longest example', `${formatCount(version.maxExampleTokens)} tokens`],
            ['File', version.fileName],
            [
              'SHA-256',
              version.sha256 && (
                <span key="s" className="break-all font-mono text-xs">
                  {version.sha256}
                </span>
              ),
            ],
          ]}
        />
      ) : (
        <p className="text-muted">This version is older than the history shown here; its examples are unchanged.</p>
      )}
    </Card>
  );
}
