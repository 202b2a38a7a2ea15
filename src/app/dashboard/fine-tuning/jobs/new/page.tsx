import type { SearchParams } from 'nuqs/server';
import { serverTrpc } from '@/app/dashboard/server-trpc';
import { PageBody } from '@/components/layout/page-body';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { chooseBaseModel, datasetChoices, JobWizard, loadWizardParams, planInputOf } from '@/features/jobs';
import { idSchema } from '@/lib/ids';
import { requireUser } from '@/server/session';

export const metadata = { title: 'New job' };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { actor } = await requireUser();
  if (!actor.can('jobs:launch')) return <OnlyLooking />;
  await prefetchPlan(await loadWizardParams(searchParams));
  const { HydrateClient } = serverTrpc();
  return (
    <HydrateClient>
      <PageBody>
        <JobWizard />
      </PageBody>
    </HydrateClient>
  );
}

const OnlyLooking = () => (
  <PageBody>
    <PageHeader title="New job" />
    <EmptyState>Viewers look on here. To launch a job, have an admin of this workspace make you a member.</EmptyState>
  </PageBody>
);

/** The plan for what the address says, so that the launch is one press away as soon as the page is there. */
async function prefetchPlan(params: Awaited<ReturnType<typeof loadWizardParams>>): Promise<void> {
  const { trpc } = serverTrpc();
  if (params.dataset === null) await trpc.datasets.list.prefetch(datasetChoices);
  const id = params.dataset ?? (await newestDataset());
  await Promise.all([trpc.providers.baseModels.prefetch(), id && trpc.datasets.get.prefetch({ id })]);
  if (!id || !idSchema.safeParse(id).success) return;
  const [models, dataset] = await Promise.all([
    trpc.providers.baseModels().catch(() => []),
    trpc.datasets.get({ id }).catch(() => null),
  ]);
  const chosen = chooseBaseModel(models, params);
  const versionId = params.version ?? dataset?.version.id;
  if (chosen && versionId) await trpc.jobs.plan.prefetch(planInputOf(params, versionId, chosen.model));
}

/** The one that the wizard takes when the address names none. */
async function newestDataset(): Promise<string | undefined> {
  const { trpc } = serverTrpc();
  const list = await trpc.datasets.list(datasetChoices).catch(() => null);
  return list?.items[0]?.id;
}
