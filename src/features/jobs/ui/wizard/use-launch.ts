'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { newId } from '@/lib/new-id';
import { type RouterInputs, trpc } from '@/trpc/client';
import type { JobPlan, JobPlanInput } from '../../job.schema';
import type { LaunchFormValues } from './launch-form';
import type { LaunchTexts } from './launch-texts';
import { planChanges } from './prepare-plan';

type LaunchForm = UseFormReturn<LaunchTexts, unknown, LaunchFormValues>;

interface LaunchOptions {
  form: LaunchForm;
  input: JobPlanInput | null;
  plan: JobPlan | undefined;
  /** Asks for the plan anew. */
  refreshPlan: () => Promise<{ data: JobPlan | undefined }>;
}

const FIELDS = ['epochs', 'batchSize', 'learningRateMultiplier', 'name', 'suffix', 'seed', 'cap'] as const;

/**
 * Submits what the person sees. The same settings keep the same request id, so a second press (or an answer that got lost) is
 * the same job; when the server's plan is another one by now, nothing is launched and the differences are shown.
 */
export function useLaunch({ form, input, plan, refreshPlan }: LaunchOptions) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const [changes, setChanges] = useState<readonly string[] | null>(null);
  const requestIdOf = useRequestId();
  const create = trpc.jobs.create.useMutation({
    onSuccess: (job) => {
      void utils.jobs.list.invalidate();
      router.push(`/dashboard/fine-tuning/jobs/${job.id}`);
    },
    onError: async (error) => {
      for (const field of FIELDS) {
        const message = error.data?.fields?.[field];
        if (message) form.setError(field, { message }, { shouldFocus: true });
      }
      if (error.data?.reason !== 'jobs.plan_changed' || !plan) return;
      const { data: fresh } = await refreshPlan();
      if (fresh) setChanges(planChanges(plan, fresh));
    },
  });

  const launch = form.handleSubmit((values) => {
    if (!input || !plan) return;
    if (plan.needsCap && values.cap === undefined) {
      form.setError('cap', { message: 'Type the most that this job may cost, in dollars.' }, { shouldFocus: true });
      return;
    }
    setChanges(null);
    const submit = submitOf(values, input, plan);
    create.mutate({ ...submit, requestId: requestIdOf(submit) });
  });

  const fieldError = FIELDS.some((field) => create.error?.data?.fields?.[field]);
  const planChanged = create.error?.data?.reason === 'jobs.plan_changed';
  return {
    launch,
    changes,
    /** Also while the next page is on its way: the button must not become pressable again. */
    pending: create.isPending || create.isSuccess,
    error: fieldError || planChanged ? null : create.error,
  };
}

function submitOf(
  values: LaunchFormValues,
  input: JobPlanInput,
  plan: JobPlan,
): Omit<RouterInputs['jobs']['create'], 'requestId'> {
  const { name, suffix, seed, cap } = values;
  return {
    ...input,
    planHash: plan.hash,
    ...(name && { name }),
    ...(suffix && { suffix }),
    ...(seed !== undefined && { seed }),
    ...(cap !== undefined && { cap }),
  };
}

/** One id for as long as what is submitted stays the same. */
function useRequestId(): (submit: object) => string {
  const last = useRef<{ key: string; id: string } | null>(null);
  return (submit) => {
    const key = JSON.stringify(submit, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    if (last.current?.key !== key) last.current = { key, id: newId() };
    return last.current.id;
  };
}
