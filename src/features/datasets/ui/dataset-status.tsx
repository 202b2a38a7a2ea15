import { StatusBadge } from '@/components/ui/status-badge';
import type { VersionSummary } from '../dataset.schema';

type Status = VersionSummary['status'];

const LOOK: Record<Status, { tone: 'neutral' | 'good' | 'warn' | 'bad' | 'info'; word: string; busy?: boolean }> = {
  pending: { tone: 'info', word: 'waiting', busy: true },
  importing: { tone: 'info', word: 'checking', busy: true },
  ready: { tone: 'good', word: 'ready' },
  failed: { tone: 'bad', word: 'failed' },
  cancelled: { tone: 'neutral', word: 'cancelled' },
};

export function DatasetStatus({ status }: { status: Status }) {
  const { tone, word, busy = false } = LOOK[status];
  return (
    <StatusBadge tone={tone} busy={busy}>
      {word}
    </StatusBadge>
  );
}

export const isImporting = (status: Status): boolean => status === 'pending' || status === 'importing';
