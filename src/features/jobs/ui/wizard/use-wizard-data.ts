'use client';

import { keepPreviousData, skipToken } from '@tanstack/react-query';
import { trpc } from '@/trpc/client';
import { chooseBaseModel, planInputOf } from './choose-defaults';
import { useSettled } from './use-settled';
import { datasetChoices, type WizardParams } from './wizard-params';

const TYPING_MS = 300;

/** Everything the wizard asks the server for, given what the address says. */
export function useWizardData(params: WizardParams) {
  const models = trpc.providers.baseModels.useQuery();
  const datasets = trpc.datasets.list.useQuery(datasetChoices, { enabled: params.dataset === null });
  const datasetId = params.dataset ?? datasets.data?.items[0]?.id;
  const dataset = trpc.datasets.get.useQuery(datasetId === undefined ? skipToken : { id: datasetId });
  const versionId = params.version ?? dataset.data?.version.id;
  const chosen = models.data ? chooseBaseModel(models.data, params) : null;

  const wanted = versionId !== undefined && chosen ? planInputOf(params, versionId, chosen.model) : null;
  const { value: input, settled } = useSettled(wanted, TYPING_MS);
  // A plan changes only when it is asked for anew: what a person reads must not change under the finger.
  const plan = trpc.jobs.plan.useQuery(input ?? skipToken, {
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    placeholderData: keepPreviousData,
  });
  return {
    models,
    dataset,
    chosen,
    input,
    plan,
    /** No dataset to train on at all. */
    noData: params.dataset === null && datasets.data?.items.length === 0,
    /** The plan on the screen is the one for what is chosen now. */
    current: settled && plan.data !== undefined && !plan.isPlaceholderData && !plan.isFetching,
    error: models.error ?? dataset.error ?? (params.dataset === null ? datasets.error : null) ?? plan.error,
    retry: () => {
      void models.refetch();
      if (params.dataset === null) void datasets.refetch();
      if (datasetId !== undefined) void dataset.refetch();
      if (input) void plan.refetch();
    },
  };
}

export type WizardData = ReturnType<typeof useWizardData>;
