'use client';

import Link from 'next/link';
import { Field } from '@/components/ui/field';
import { KeyValues } from '@/components/ui/key-values';
import { Select } from '@/components/ui/select';
import { formatCount } from '@/lib/format';
import type { BaseModel } from './choose-defaults';

interface ModelStepProps {
  models: readonly BaseModel[];
  chosen: BaseModel | undefined;
  onChoose: (model: BaseModel) => void;
}

const keyOf = (model: BaseModel): string => `${model.connectionId}/${model.id}`;

export function ModelStep({ models, chosen, onChoose }: ModelStepProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label="Base model"
        hint={
          <>
            Other models come with another{' '}
            <Link href="/dashboard/fine-tuning/providers" className="text-accent underline">
              provider connection
            </Link>
            .
          </>
        }
      >
        {(control) => (
          <Select
            {...control}
            options={models.map((model) => ({
              value: keyOf(model),
              label: `${model.label} · ${model.connectionLabel}`,
              disabled: !model.available,
              hint: hintOf(model),
            }))}
            value={chosen && keyOf(chosen)}
            onValueChange={(key) => {
              const model = models.find((one) => keyOf(one) === key);
              if (model) onChoose(model);
            }}
          />
        )}
      </Field>
      {chosen && (
        <div className="grid content-start gap-2">
          {chosen.description && <p className="text-muted text-sm">{chosen.description}</p>}
          <KeyValues
            items={[
              ['Longest example', chosen.maxExampleTokens && `${formatCount(chosen.maxExampleTokens)} tokens`],
              ['Least examples', formatCount(chosen.minExamples)],
              ['New jobs until', chosen.jobsUntil],
              ['Stops answering', chosen.retiresOn],
            ]}
          />
        </div>
      )}
    </div>
  );
}

function hintOf(model: BaseModel): string {
  if (!model.available) return model.unavailableReason ?? 'Takes no jobs now.';
  const parts = [model.free ? 'free' : null, model.retiresOn ? `stops answering on ${model.retiresOn}` : null];
  return parts.filter((part) => part !== null).join(' · ') || model.id;
}
