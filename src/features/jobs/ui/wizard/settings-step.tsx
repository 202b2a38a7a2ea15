'use client';

import type { UseFormReturn } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Term } from '@/components/ui/term';
import { formatCount } from '@/lib/format';
import type { JobPlan } from '../../job.schema';
import type { BaseModel } from './choose-defaults';
import type { LaunchFormValues } from './launch-form';
import type { LaunchTexts } from './launch-texts';

interface SettingsStepProps {
  form: UseFormReturn<LaunchTexts, unknown, LaunchFormValues>;
  plan: JobPlan | undefined;
  limits: BaseModel['limits'] | undefined;
}

const settings = [
  {
    name: 'epochs',
    label: 'Epochs',
    explain:
      'Whole passes over the training examples. More of them fit the data closer; too many learn it by heart, which shows as a validation loss that rises again.',
  },
  {
    name: 'batchSize',
    label: 'Batch size',
    explain: 'Examples per step. A bigger batch makes calmer, fewer steps; a smaller one learns more from little data.',
  },
  {
    name: 'learningRateMultiplier',
    label: 'Learning rate ×',
    explain:
      'Scales the base rate of the provider. A bigger value learns faster and may overshoot; a smaller one is slower and steadier.',
  },
] as const;

/** Empty means: the base model's own default, which the placeholder names. */
export function SettingsStep({ form, plan, limits }: SettingsStepProps) {
  const { errors } = form.formState;
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      {settings.map(({ name, label, explain }) => {
        const bound = limits?.[name];
        return (
          <Field
            key={name}
            label={label}
            error={errors[name]?.message}
            hint={
              <>
                <Term explain={explain}>What it does</Term>
                {bound && ` · ${formatCount(bound.min, 4)} to ${formatCount(bound.max, 4)}`}
              </>
            }
          >
            {(control) => (
              <Input
                {...control}
                {...form.register(name)}
                inputMode="decimal"
                autoComplete="off"
                placeholder={plan ? `${plan.resolved[name].expected} (default)` : 'default'}
              />
            )}
          </Field>
        );
      })}
    </div>
  );
}
