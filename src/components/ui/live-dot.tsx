'use client';

import { formatDuration } from '@/lib/time';
import { cn } from './cn';
import { useNow } from './use-now';

interface LiveDotProps {
  /** `off` = nothing more will come. */
  state: 'live' | 'reconnecting' | 'off';
  /** Between the source's clock and the screen, of the newest update. */
  delayMs?: number | null;
  /** When the newest update came, on this browser's clock. */
  lastAt?: number | null;
}

/** How fresh a view is: "live · 0.4 s", or amber "reconnecting, last update 12 s ago". */
export function LiveDot({ state, delayMs, lastAt }: LiveDotProps) {
  const now = useNow();
  return (
    <span
      suppressHydrationWarning
      className={cn(
        'inline-flex items-center gap-1.5 whitespace-nowrap text-sm',
        state === 'reconnecting' ? 'text-warn' : 'text-muted',
      )}
    >
      <span
        aria-hidden
        className={cn(
          'size-2 rounded-full',
          state === 'live' ? 'bg-good' : state === 'reconnecting' ? 'bg-warn' : 'bg-line-strong',
        )}
      />
      {text(state, delayMs ?? null, lastAt ?? null, now)}
    </span>
  );
}

function text(state: LiveDotProps['state'], delayMs: number | null, lastAt: number | null, now: number): string {
  if (state === 'off') return 'ended';
  if (state === 'live') return delayMs === null ? 'live' : `live · ${(delayMs / 1000).toFixed(1)} s`;
  if (lastAt === null) return 'connecting';
  return `reconnecting, last update ${formatDuration(Math.max(0, now - lastAt))} ago`;
}
