import { GitFork } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { VersionSummary } from '../../dataset.schema';

interface ConflictNoticeProps {
  newest: VersionSummary;
  onMoveOn: () => void;
}

/** Somebody else was faster. Nothing was made, nothing typed is lost, and the change can go on top of theirs. */
export function ConflictNotice({ newest, onMoveOn }: ConflictNoticeProps) {
  const ready = newest.status === 'ready';
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-warn bg-warn-soft p-3">
      <GitFork aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          v{newest.number} was made meanwhile{newest.createdByLabel ? ` by ${newest.createdByLabel}` : ''}
        </p>
        <p className="mt-0.5 text-muted">
          {ready
            ? 'Your change was not made yet, and what you entered is still here. It can be made on top of that version.'
            : 'It is not ready yet. What you entered is still here; try again once that version is there.'}
        </p>
        <Button size="sm" className="mt-2" onClick={onMoveOn}>
          {ready ? `Go on with v${newest.number}` : 'Try again'}
        </Button>
      </div>
    </div>
  );
}
