import { GitFork } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { ExampleDetail } from '../../dataset.schema';
import { PairedMessages } from '../diff/paired-messages';
import { pairMessages, saidIn } from './prepare-pair';
import type { Meanwhile } from './use-row-edit';

interface MeanwhileNoticeProps {
  meanwhile: Meanwhile;
  /** What stands in the editor. */
  written: string;
  onTake: (other: ExampleDetail, written: string) => void;
}

/** Somebody else was faster: says what has become of this row, and what can be done with the text that was written. */
export function MeanwhileNotice({ meanwhile, written, onTake }: MeanwhileNoticeProps) {
  const { version, other, differs } = meanwhile;
  const name = `v${version.number}`;
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-warn bg-warn-soft p-3">
      <GitFork aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0 flex-1">
        {!other ? (
          <>
            <p className="font-medium">This row was deleted meanwhile</p>
            <p className="mt-0.5 text-muted">
              {name} no longer has it, so nothing was saved. What you wrote is still here and can be added as a new row.
            </p>
          </>
        ) : !differs ? (
          <>
            <p className="font-medium">
              {name} was made meanwhile{version.createdByLabel ? ` by ${version.createdByLabel}` : ''}
            </p>
            <p className="mt-0.5 text-muted">
              This row has the text there that you began with. Save once more to make your change on top of it.
            </p>
          </>
        ) : (
          <>
            <p className="font-medium">This row was edited meanwhile</p>
            <p className="mt-0.5 text-muted">
              {name} has another text of it, so nothing was saved. Save yours over it, or take the other text. Crossed
              out is what only {name} says; underlined is what only you wrote.
            </p>
            <div className="mt-2 max-h-80 overflow-y-auto rounded-md bg-raised p-3">
              <PairedMessages pairs={pairMessages(saidIn(other.body), saidIn(written))} />
            </div>
            <Button size="sm" className="mt-2" onClick={() => onTake(other, written)}>
              Take the text of {name}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
