import { CircleCheck } from 'lucide-react';
import type { ChangePreview } from '../../change.schema';
import { ChangeProblems } from './change-figures';
import { tokenStep } from './prepare-change';

interface DraftOutcomeProps {
  preview: ChangePreview | undefined;
  stale: boolean;
  /** Problems of one message stand beside it then. */
  fields: boolean;
}

/** What the text comes to as an example: fit or not, and how many tokens more or less. */
export function DraftOutcome({ preview, stale, fields }: DraftOutcomeProps) {
  if (!preview) return null;
  const { problems, tokensBefore, tokensAfter } = preview;
  const elsewhere = fields ? problems.filter(({ path }) => !path?.includes('messages[')) : problems;
  return (
    <div role="status" className={stale ? 'grid gap-2 opacity-60' : 'grid gap-2'}>
      {problems.length === 0 && (
        <p className="flex items-center gap-1.5 text-muted text-sm">
          <CircleCheck aria-hidden className="size-4 text-good" />
          Fit to train on · {tokenStep(tokensBefore, tokensAfter)}
        </p>
      )}
      <ChangeProblems problems={elsewhere} />
    </div>
  );
}
