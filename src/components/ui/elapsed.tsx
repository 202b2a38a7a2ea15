'use client';

import { formatDuration } from '@/lib/time';
import { useNow } from './use-now';

/** How long something has lasted: counts on while `until` is null. */
export function Elapsed({ since, until }: { since: Date; until: Date | null }) {
  const now = useNow();
  const ms = Math.max(0, (until?.getTime() ?? now) - since.getTime());
  return <span suppressHydrationWarning>{formatDuration(ms)}</span>;
}
