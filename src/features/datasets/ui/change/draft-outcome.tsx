import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ChangePreview } from '../../change.schema';
import { ChangeProblems } from './change-figures';
import { tokenStep } from './prepare-change';

interface DraftOutcomeProps {
  preview: ChangePreview | undefined;
  stale: boolean;
  /** Problems of one message stand beside it then. */
  fields: boolean;
}

/** What the text comes to as an example: fit, worth a look as its import would say, or neither; and its tokens. */
export function DraftOutcome({ preview, stale, fields }: DraftOutcomeProps) {
  if (!preview) return null;
  const { problems, warnings, tokensBefore, tokensAfter } = preview;
  const elsewhere = (all: ChangePreview['problems']) =>
    fields ? all.filter(({ path }) => !path?.includes('messages[')) : all;
  const step = tokenStep(tokensBefore, tokensAfter);
  return (
    <div role="status" className={stale ? 'grid gap-2 opacity-60' : 'grid gap-2'}>
      {problems.length === 0 && (
        <p className="flex items-center gap-1.5 text-muted text-sm">
          {warnings.length === 0 ? (
            <>
              <CircleCheck aria-hidden className="size-4 text-good" />
              Fit to train on · {step}
            </>
          ) : (
            <>
              <CircleAlert aria-hidden className="size-4 shrink-0 text-warn" />
              Can be saved, but {warnings.length === 1 ? 'one thing is' : `${warnings.length} things are`} worth a look
              · {step}
            </>
          )}
        </p>
      )}
      <ChangeProblems problems={elsewhere(problems)} />
      {elsewhere(warnings).map(({ path, message }) => (
        <p key={`${path} ${message}`} className="min-w-0 break-words text-sm text-warn">
          {message}
          {path && path !== '$' && <code className="ml-1.5 font-mono text-muted text-xs">{path}</code>}
        </p>
      ))}
    </div>
  );
}
