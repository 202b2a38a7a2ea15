'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { trpc } from '@/trpc/client';

export interface Found {
  kind: 'dataset' | 'job' | 'model' | 'agent';
  name: string;
  href: string;
}

const LIMIT = 5;

/** Things of this workspace whose name has the text in it, a few of each kind; with no text, the newest. */
export function useFound(text: string): { found: Found[]; pending: boolean } {
  const search = useDeferredValue(text.trim().slice(0, 100));
  const input = { limit: LIMIT, ...(search !== '' && { search }) };
  const options = { placeholderData: keepPreviousData };
  const datasets = trpc.datasets.list.useQuery(input, options);
  const jobs = trpc.jobs.list.useQuery(input, options);
  const models = trpc.models.list.useQuery(input, options);
  const agents = trpc.agents.list.useQuery(input, options);
  const at = (place: string, id: string) => `/dashboard/fine-tuning/${place}/${id}`;
  const found: Found[] = [
    ...(datasets.data?.items ?? []).map((one) => ({
      kind: 'dataset' as const,
      name: one.name,
      href: at('datasets', one.id),
    })),
    ...(jobs.data?.items ?? []).map((one) => ({ kind: 'job' as const, name: one.name, href: at('jobs', one.id) })),
    ...(models.data?.items ?? []).map((one) => ({
      kind: 'model' as const,
      name: one.label,
      href: at('models', one.id),
    })),
    ...(agents.data?.items ?? []).map((one) => ({
      kind: 'agent' as const,
      name: one.name,
      href: at('agents', one.id),
    })),
  ];
  return { found, pending: [datasets, jobs, models, agents].some((query) => query.isFetching) };
}
