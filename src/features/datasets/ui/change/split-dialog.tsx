'use client';

import { useMemo, useState } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import { ChangeDialog } from './change-dialog';
import { expectedRows, isPlan, MOST_SHARE, resplitChange, typedPlan } from './prepare-splits';
import { SplitBar } from './split-bar';

interface SplitDialogProps {
  dataset: DatasetDetail;
  version: VersionSummary;
  onClose: () => void;
}

/** How the rows are dealt out to training, validation and held out. */
export function SplitDialog({ dataset, version, onClose }: SplitDialogProps) {
  const [plan, setPlan] = useState(() => typedPlan(version.splitPlan));
  const set = (part: Partial<typeof plan>) => setPlan((before) => ({ ...before, ...part }));
  const { change, errors } = useMemo(() => resplitChange(plan), [plan]);
  const isNew = change !== null && !isPlan(change, version.splitPlan);
  return (
    <ChangeDialog
      dataset={dataset}
      version={version}
      title="Change the splits"
      description="Every row is dealt out anew by its content, so the same text always lands on the same side and near duplicates stay together."
      change={change}
      verb={(rows) => `Move ${rows}`}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <ShareField
          label="Validation"
          hint="Measured during a job, never trained on."
          value={plan.validation}
          error={errors.validation}
          onChange={(validation) => set({ validation })}
        />
        <ShareField
          label="Held out"
          hint="Held-out examples are never sent to a provider; they prove the model afterwards."
          value={plan.holdout}
          error={errors.holdout}
          onChange={(holdout) => set({ holdout })}
        />
        <Field label="Seed" hint="Another number deals the rows out another way." error={errors.seed}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={plan.seed}
              onChange={(event) => set({ seed: event.target.value })}
            />
          )}
        </Field>
        <div className="flex flex-col justify-center gap-1">
          <Checkbox
            label="Same shares within each label"
            checked={plan.stratify}
            onCheckedChange={(stratify) => set({ stratify })}
          />
          <p className="text-muted text-sm">
            For answers that are one of a few labels; others are dealt out as they come.
          </p>
        </div>
      </div>
      {change && (
        <div className="grid gap-2">
          <SplitBar label="Now" {...version} />
          {isNew && <SplitBar label="About" {...expectedRows(version.rows, change)} />}
        </div>
      )}
    </ChangeDialog>
  );
}

interface ShareFieldProps {
  label: string;
  hint: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** A share in percent, to drag or to type. */
const ShareField = ({ label, hint, value, error, onChange }: ShareFieldProps) => (
  <Field label={`${label}, %`} hint={hint} error={error}>
    {(control) => (
      <span className="flex items-center gap-3">
        <input
          type="range"
          aria-label={`${label}, slider`}
          min={0}
          max={MOST_SHARE}
          step={1}
          value={Number.parseFloat(value) || 0}
          onChange={(event) => onChange(event.target.value)}
          className="h-8 min-w-0 flex-1 accent-accent"
        />
        <Input
          {...control}
          inputMode="decimal"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="w-20 text-right"
        />
      </span>
    )}
  </Field>
);
