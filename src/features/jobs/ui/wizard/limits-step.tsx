'use client';

import type { UseFormReturn } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { JobPlan } from '../../job.schema';
import type { LaunchFormValues } from './launch-form';
import type { LaunchTexts } from './launch-texts';

interface LimitsStepProps {
  form: UseFormReturn<LaunchTexts, unknown, LaunchFormValues>;
  plan: JobPlan | undefined;
}

export function LimitsStep({ form, plan }: LimitsStepProps) {
  const { errors } = form.formState;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Name" note="optional" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} placeholder={plan?.suggestedName ?? ''} />}
      </Field>
      <Field
        label="Cost cap in dollars"
        {...(plan?.needsCap !== true && { note: 'optional' })}
        error={errors.cap?.message}
        hint={capHint(plan)}
      >
        {(control) => (
          <Input {...control} {...form.register('cap')} inputMode="decimal" autoComplete="off" placeholder="5.00" />
        )}
      </Field>
      <Field
        label="Suffix"
        note="optional"
        hint="Becomes part of the model’s name at the provider."
        error={errors.suffix?.message}
      >
        {(control) => <Input {...control} {...form.register('suffix')} autoComplete="off" />}
      </Field>
      <Field
        label="Seed"
        note="optional"
        hint="The same seed, data and settings give the same run, where the provider can."
        error={errors.seed?.message}
      >
        {(control) => <Input {...control} {...form.register('seed')} inputMode="numeric" autoComplete="off" />}
      </Field>
    </div>
  );
}

function capHint(plan: JobPlan | undefined): string {
  if (plan?.needsCap) return 'The price is unknown here, so only this cap bounds what the job may cost.';
  if (plan?.estimate.free) return 'This connection costs nothing; a cap changes nothing.';
  return 'The job is cancelled when it has cost as much.';
}
