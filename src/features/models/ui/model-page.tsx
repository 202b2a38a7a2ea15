'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { CrumbName } from '@/components/layout/crumb-name';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { KeyValues } from '@/components/ui/key-values';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { Skeleton } from '@/components/ui/skeleton';
import { trpc } from '@/trpc/client';
import { ModelLineage } from './model-lineage';
import { ModelMenu } from './model-menu';
import { ModelProofCard } from './model-proof';
import { ModelStatus } from './model-status';
import { ProofLine } from './proof-line';

const EVALUATING_REFRESH_MS = 1500;

interface ModelPageProps {
  id: string;
  /** The page puts the agents slice's button here: models know nothing of agents. */
  deploy: ReactNode;
}

export function ModelPage({ id, deploy }: ModelPageProps) {
  const query = trpc.models.get.useQuery(
    { id },
    { refetchInterval: ({ state }) => (state.data?.status === 'evaluating' ? EVALUATING_REFRESH_MS : false) },
  );
  const model = query.data;
  if (!model) {
    if (query.error)
      return (
        <ErrorPanel title="This model could not be shown" error={query.error} onRetry={() => void query.refetch()} />
      );
    return <Skeleton className="h-96" />;
  }
  return (
    <>
      <CrumbName name={model.label} />
      <PageHeader
        title={model.label}
        badge={<ModelStatus status={model.status} />}
        summary={
          <>
            {model.baseModel} tuned on {model.dataset.name} v{model.dataset.version} · held-out{' '}
            <ProofLine proof={model.proof} />
          </>
        }
        actions={
          <>
            <ModelMenu model={model} />
            {deploy}
          </>
        }
      />
      <div className="grid gap-4">
        <ModelProofCard model={model} />
        <ModelLineage model={model} />
        <div className="grid gap-4 lg:grid-cols-2">
          <Card title="Details">
            <KeyValues
              items={[
                [
                  'Base model',
                  <span key="base" className="font-mono text-sm">
                    {model.baseModel}
                  </span>,
                ],
                ['Connection', model.connection.name],
                [
                  'Name at the provider',
                  <span key="name" className="inline-flex min-w-0 items-center gap-1">
                    <span className="break-all font-mono text-sm">{model.providerModelId}</span>
                    <CopyButton value={model.providerModelId} label="Copy name" />
                  </span>,
                ],
                ['Made', <RelativeTime key="made" date={model.createdAt} />],
                [
                  'Stops answering',
                  model.shutdownOn ? model.shutdownOn.toISOString().slice(0, 10) : 'no date announced',
                ],
              ]}
            />
          </Card>
          <Card title={`Versions of ${model.family}`} flush>
            <ul className="divide-y">
              {model.versions.map((version) => (
                <li key={version.id} className="flex items-center justify-between px-4 py-2 text-sm">
                  {version.id === model.id ? (
                    <span className="font-medium">v{version.version} · this one</span>
                  ) : (
                    <Link href={`/dashboard/fine-tuning/models/${version.id}`} className="text-accent hover:underline">
                      v{version.version}
                    </Link>
                  )}
                  <span className="text-muted">
                    <RelativeTime date={version.createdAt} />
                  </span>
                </li>
              ))}
            </ul>
          </Card>
        </div>
      </div>
    </>
  );
}
