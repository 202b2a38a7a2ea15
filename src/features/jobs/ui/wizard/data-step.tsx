'use client';

import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { formatCount } from '@/lib/format';
import { type RouterOutputs, trpc } from '@/trpc/client';
import { datasetChoices } from './wizard-params';

type Dataset = RouterOutputs['datasets']['get'];

interface DataStepProps {
  dataset: Dataset | undefined;
  versionId: string | undefined;
  onDataset: (id: string) => void;
  onVersion: (id: string) => void;
}

export function DataStep({ dataset, versionId, onDataset, onVersion }: DataStepProps) {
  const list = trpc.datasets.list.useQuery(datasetChoices);
  const offered = list.data?.items ?? [];
  const options = offered.map((one) => ({
    value: one.id,
    label: one.name,
    hint: `v${one.version.number} · ${formatCount(one.version.rows)} rows`,
  }));
  const known = dataset && !offered.some((one) => one.id === dataset.id);
  const ready = dataset?.history.filter((version) => version.status === 'ready') ?? [];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Dataset" hint="Only datasets with a version that is ready.">
        {(control) => (
          <Select
            {...control}
            options={known ? [{ value: dataset.id, label: dataset.name }, ...options] : options}
            value={dataset?.id}
            onValueChange={onDataset}
          />
        )}
      </Field>
      <Field label="Version" hint="A job keeps to its version, whatever comes after it.">
        {(control) => (
          <Select
            {...control}
            options={ready.map((version) => ({
              value: version.id,
              label: `v${version.number}${version.id === dataset?.version.id ? ' · current' : ''}`,
              hint: `${formatCount(version.rows)} rows`,
            }))}
            value={versionId}
            onValueChange={onVersion}
          />
        )}
      </Field>
    </div>
  );
}
