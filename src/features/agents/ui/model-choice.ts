'use client';

import { trpc } from '@/trpc/client';

export interface ModelOption {
  /** `model:<id>` or `base:<connection id>:<base model id>`. */
  value: string;
  label: string;
  hint?: string;
}

/** What a release may answer with: ready fine-tuned models first, then base models that can be called. */
export function useModelOptions(): ModelOption[] | undefined {
  const models = trpc.models.list.useQuery({ limit: 100, status: 'ready' }).data?.items;
  const bases = trpc.providers.baseModels.useQuery().data;
  if (!models || !bases) return undefined;
  return [
    ...models.map(({ id, label, dataset }) => ({ value: `model:${id}`, label, hint: dataset.name })),
    ...bases.map(({ connectionId, connectionLabel, id, label }) => ({
      value: `base:${connectionId}:${id}`,
      label,
      hint: `base model · ${connectionLabel}`,
    })),
  ];
}

/** The option as the procedures want it. */
export function toModelChoice(
  value: string,
): { modelId: string } | { baseModel: { connectionId: string; id: string } } {
  const [kind, first = '', ...rest] = value.split(':');
  return kind === 'model' ? { modelId: first } : { baseModel: { connectionId: first, id: rest.join(':') } };
}
