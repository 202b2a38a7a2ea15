import { StatusBadge } from '@/components/ui/status-badge';
import type { JobStatus } from '../job.schema';

type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'info';

const LOOK: Record<JobStatus, { tone: Tone; word: string; busy?: boolean }> = {
  draft: { tone: 'neutral', word: 'draft' },
  queued: { tone: 'info', word: 'queued', busy: true },
  preparing: { tone: 'info', word: 'preparing', busy: true },
  launching: { tone: 'info', word: 'launching', busy: true },
  unknown: { tone: 'warn', word: 'needs a decision' },
  running: { tone: 'info', word: 'running', busy: true },
  paused: { tone: 'warn', word: 'paused' },
  cancelling: { tone: 'warn', word: 'cancelling', busy: true },
  succeeded: { tone: 'good', word: 'succeeded' },
  failed: { tone: 'bad', word: 'failed' },
  cancelled: { tone: 'neutral', word: 'cancelled' },
};

interface JobStatusProps {
  status: JobStatus;
  /** Running, but silent for longer than usual. */
  stalled?: boolean;
}

export function JobStatusBadge({ status, stalled = false }: JobStatusProps) {
  if (stalled) return <StatusBadge tone="warn">stalled</StatusBadge>;
  const { tone, word, busy = false } = LOOK[status];
  return (
    <StatusBadge tone={tone} busy={busy}>
      {word}
    </StatusBadge>
  );
}
