'use client';

import { useDeferredValue } from 'react';
import { trpc } from '@/trpc/client';
import { freeName } from '../dataset.rules';

const LOOKED_AT = 100;

/** Where another dataset has this name already, one that none has; else null. */
export function useFreeName(name: string): string | null {
  const asked = useDeferredValue(name.trim());
  const query = trpc.datasets.list.useQuery(
    { search: asked.slice(0, LOOKED_AT), limit: LOOKED_AT },
    { enabled: asked !== '' },
  );
  const free = freeName(asked, query.data?.items.map((one) => one.name) ?? []);
  return free === asked ? null : free;
}
