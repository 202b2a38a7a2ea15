import type { SearchParams } from 'nuqs/server';
import { serverTrpc } from '@/app/dashboard/server-trpc';
import { PageBody } from '@/components/layout/page-body';
import { chooseBaseModel, JobWizard, loadWizardParams, planInputOf } from '@/features/jobs';
import { idSchema } from '@/lib/ids';
import { requireUser } from '@/server/session';

export const metadata = { title: 'New job' };

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireUser();
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

/** The plan for what the address says, so that the launch is one press away as soon as the page is there. */
async function prefetchPlan(params: Awaited<ReturnType<typeof loadWizardParams>>): Promise<void> {
  const { trpc } = serverTrpc();
  const id = params.dataset;
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
