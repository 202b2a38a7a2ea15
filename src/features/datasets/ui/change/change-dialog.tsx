'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Dialog } from '@/components/ui/dialog';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Skeleton } from '@/components/ui/skeleton';
import { NOTHING_TO_CHANGE } from '../../change.errors';
import type { ChangePreview, DatasetChange } from '../../change.schema';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import { type RowWord, rowWord } from '../../left-out.rules';
import { ChangeFigures, ChangeProblems } from './change-figures';
import { ChangeSamples } from './change-samples';
import { ConflictNotice } from './conflict-notice';
import { aboutRows, countRows, touched } from './prepare-change';
import { useApplyChange } from './use-apply-change';
import { useChangePreview, useSettled } from './use-change-preview';

interface ChangeDialogProps {
  dataset: DatasetDetail;
  version: VersionSummary;
  title: string;
  description: string;
  /** Null while an input is missing or wrong. */
  change: DatasetChange | null;
  /** What the change still needs to know. */
  children?: ReactNode;
  /** Words of the button; "Apply to 312 rows" by default. */
  verb?: (rows: string) => string;
  danger?: boolean;
  onClose: () => void;
}

/** Shows what a change would do, in true totals and the first rows, and makes it. */
export function ChangeDialog(props: ChangeDialogProps) {
  const { dataset, version, title, description, change, children, danger = false, onClose } = props;
  const { verb = (rows) => `Apply to ${rows}` } = props;
  const { base, apply, pending, error, conflict, moveOn } = useApplyChange(dataset, version);
  const asked = useSettled(change);
  const shown = useChangePreview({ datasetId: dataset.id, versionId: base.id, change: asked });
  const { preview, stale } = shown;
  const settled = asked === change && !stale;
  const rows = preview ? touched(preview) : 0;
  const possible = preview !== undefined && settled && preview.problems.length === 0 && rows > 0;
  const make = async () => {
    if (change && (await apply(change))) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !pending && onClose()}
      size="xl"
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose} disabled={pending}>
            Close
          </Button>
          <Button
            variant={danger ? 'danger' : 'primary'}
            disabled={!possible}
            pending={pending}
            onClick={() => void make()}
          >
            {preview && rows > 0
              ? verb(preview.estimated ? `about ${aboutRows(rows)}` : countRows(rows))
              : verb('rows')}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {children}
        {conflict && <ConflictNotice newest={conflict} onMoveOn={() => void moveOn()} />}
        {error && <ErrorPanel title="The change was not made" error={error} />}
        {shown.error ? (
          <ErrorPanel title="What would change could not be worked out" error={shown.error} onRetry={shown.retry} />
        ) : (
          <Outcome preview={preview} word={rowWord(base.rowsNumbered)} waiting={change !== null} stale={!settled} />
        )}
      </div>
    </Dialog>
  );
}

interface OutcomeProps {
  preview: ChangePreview | undefined;
  word: RowWord;
  /** False: an input is missing, so nothing is on its way. */
  waiting: boolean;
  stale: boolean;
}

function Outcome({ preview, word, waiting, stale }: OutcomeProps) {
  if (!preview) return waiting ? <Skeleton className="h-64" /> : null;
  return (
    <div aria-busy={stale} className={cn('grid grid-cols-[minmax(0,1fr)] gap-4', stale && 'opacity-60')}>
      <ChangeFigures preview={preview} />
      {/* That nothing would change is what the figures say; before anything is chosen it is no fault. */}
      <ChangeProblems problems={preview.problems.filter(({ message }) => message !== NOTHING_TO_CHANGE)} />
      <ChangeSamples preview={preview} word={word} />
    </div>
  );
}
