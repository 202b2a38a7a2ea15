'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { Skeleton } from '@/components/ui/skeleton';
import { formatMoney } from '@/lib/money';
import type { JobPlan } from '../../job.schema';
import { parseDollars } from '../prepare-money';
import type { LaunchFormValues } from './launch-form';
import type { LaunchTexts } from './launch-texts';
import { dataSentence, effortSentence, settingsSentence } from './prepare-plan';
import type { WizardData } from './use-wizard-data';
import type { WizardParams } from './wizard-params';
import { WizardStep } from './wizard-step';

// Every step is decided already: what changes it comes when it is opened.
const loading = () => <Skeleton className="h-20" />;
const DataStep = dynamic(() => import('./data-step').then((file) => file.DataStep), { loading });
const ModelStep = dynamic(() => import('./model-step').then((file) => file.ModelStep), { loading });
const SettingsStep = dynamic(() => import('./settings-step').then((file) => file.SettingsStep), { loading });
const LimitsStep = dynamic(() => import('./limits-step').then((file) => file.LimitsStep), { loading });
const ReviewStep = dynamic(() => import('./review-step').then((file) => file.ReviewStep), { loading });

interface WizardStepsProps {
  data: WizardData;
  params: WizardParams;
  setParams: (change: Partial<WizardParams>) => Promise<unknown>;
  form: UseFormReturn<LaunchTexts, unknown, LaunchFormValues>;
}

type Step = 'data' | 'model' | 'settings' | 'limits' | 'review';

export function WizardSteps({ data, params, setParams, form }: WizardStepsProps) {
  const [open, setOpen] = useState<ReadonlySet<Step>>(new Set());
  const plan = data.plan.data;
  const { errors } = form.formState;
  const model = data.chosen?.model;
  const blocked = (...reasons: string[]) => plan?.blockers.some(({ reason }) => reasons.includes(reason)) ?? false;
  const wrong = {
    data: blocked('version_not_ready', 'no_train_rows', 'too_few_examples', 'example_too_long'),
    model: blocked('model_unavailable', 'model_closed'),
    settings: blocked('out_of_range') || Boolean(errors.epochs ?? errors.batchSize ?? errors.learningRateMultiplier),
    limits: Boolean(errors.cap ?? errors.name ?? errors.suffix ?? errors.seed),
    review: false,
  };
  const step = (key: Step, number: number) => ({
    number,
    problem: wrong[key],
    // What needs a hand is open by itself.
    open:
      open.has(key) ||
      (key === 'limits' && (wrong.limits || plan?.needsCap === true)) ||
      (key === 'settings' && wrong.settings),
    onOpenChange: (next: boolean) =>
      setOpen((now) => new Set(next ? [...now, key] : [...now].filter((one) => one !== key))),
  });
  return (
    <>
      <WizardStep
        {...step('data', 1)}
        title="Data"
        sentence={plan && dataSentence(plan)}
        why={params.dataset === null && plan ? 'The newest dataset that is ready.' : null}
      >
        <DataStep
          dataset={data.dataset.data}
          versionId={data.input?.datasetVersionId}
          onDataset={(dataset) => void setParams({ dataset, version: null })}
          onVersion={(version) => void setParams({ version, dataset: data.dataset.data?.id ?? null })}
        />
      </WizardStep>
      <WizardStep
        {...step('model', 2)}
        title="Base model"
        sentence={model && `${model.label} at ${model.connectionLabel}${model.free ? ', free' : ''}.`}
        why={data.chosen?.why}
      >
        <ModelStep
          models={data.models.data ?? []}
          chosen={model}
          onChoose={(one) => void setParams({ connection: one.connectionId, model: one.id })}
        />
      </WizardStep>
      <WizardStep
        {...step('settings', 3)}
        title="Training settings"
        sentence={plan && settingsSentence(plan)}
        why={plan && whySettings(plan)}
      >
        <SettingsStep form={form} plan={plan} limits={model?.limits} />
      </WizardStep>
      <WizardStep {...step('limits', 4)} title="Name and cost cap" sentence={plan && limitsSentence(plan, params)}>
        <LimitsStep form={form} plan={plan} />
      </WizardStep>
      <WizardStep
        {...step('review', 5)}
        title="Review"
        verb="Show"
        sentence={plan && effortSentence(plan)}
        why={plan && plan.warnings.length > 0 ? plan.warnings.join(' ') : null}
      >
        {plan && <ReviewStep plan={plan} />}
      </WizardStep>
    </>
  );
}

function whySettings({ resolved, hyperparameters }: JobPlan): string {
  return hyperparameters.epochs === 'auto' ? resolved.epochs.why : 'As chosen by hand.';
}

function limitsSentence(plan: JobPlan, { name, cap }: WizardParams): string {
  const amount = cap ? parseDollars(cap) : undefined;
  const limit = amount
    ? `stops at ${formatMoney(amount)}`
    : plan.estimate.free
      ? 'costs nothing'
      : plan.needsCap
        ? 'needs a cost cap'
        : 'no cap beyond the estimate';
  return `“${name ?? plan.suggestedName}”, ${limit}.`;
}
