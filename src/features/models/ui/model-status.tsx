import { StatusBadge } from '@/components/ui/status-badge';
import type { ModelSummary } from '../model.schema';

const looks = {
  evaluating: { tone: 'info', word: 'Evaluating', busy: true },
  ready: { tone: 'good', word: 'Ready', busy: false },
  retired: { tone: 'neutral', word: 'Retired', busy: false },
  deleted: { tone: 'neutral', word: 'Deleted', busy: false },
} as const;

export function ModelStatus({ status }: { status: ModelSummary['status'] }) {
  const { tone, word, busy } = looks[status];
  return (
    <StatusBadge tone={tone} busy={busy}>
      {word}
    </StatusBadge>
  );
}
