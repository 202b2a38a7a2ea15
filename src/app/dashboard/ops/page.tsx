import type { Metadata } from 'next';
import { PageBody } from '@/components/layout/page-body';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { env, usesEmbeddedEngine } from '@/env';
import { requireUser } from '@/server/session';
import { serverTrpc } from '../server-trpc';
import { OpsOverview } from './_ops/ops-overview';

export const metadata: Metadata = { title: 'Operations' };

const CLOUD_DASHBOARD = 'https://app.inngest.com';

/** The dev server shows its dashboard at its own address; with a cloud account it is Inngest's. */
function dashboardUrl(): string | null {
  if (env.INNGEST_BASE_URL) return env.INNGEST_BASE_URL;
  if (env.INNGEST_DEV?.startsWith('http')) return env.INNGEST_DEV;
  return env.INNGEST_EVENT_KEY ? CLOUD_DASHBOARD : null;
}

export default async function OpsPage() {
  const { actor } = await requireUser();
  const { trpc, HydrateClient } = serverTrpc();
  const allowed = actor.can('ops:read');
  if (allowed) {
    await Promise.all([
      trpc.ops.overview.prefetch(),
      ...(usesEmbeddedEngine() ? [trpc.ops.runs.prefetchInfinite({ limit: 50 })] : []),
    ]);
  }
  return (
    <HydrateClient>
      <PageBody>
        <PageHeader title="Operations" summary="Health of the parts, and what runs in the background." />
        {allowed ? (
          <OpsOverview dashboardUrl={dashboardUrl()} />
        ) : (
          <EmptyState>Your role does not look at operations. Ask an owner or admin for the role “member”.</EmptyState>
        )}
      </PageBody>
    </HydrateClient>
  );
}
