import { CircleX } from 'lucide-react';
import type { ChangePreview } from '../../change.schema';
import { changeSentence, restSentence, tokenStep, touched } from './prepare-change';

/** Rows that change, and what it does to their tokens. */
export function ChangeFigures({ preview }: { preview: ChangePreview }) {
  const { tokensBefore, tokensAfter, estimated } = preview;
  return (
    <p role="status">
      <span className="font-medium">{changeSentence(preview)}</span>
      <span className="text-muted">
        {restSentence(preview)}
        {touched(preview) > 0 && ` · ${tokenStep(tokensBefore, tokensAfter, estimated)}`}
      </span>
    </p>
  );
}

/** What is wrong with the result: nothing is made while something is. */
export function ChangeProblems({ problems }: Pick<ChangePreview, 'problems'>) {
  if (problems.length === 0) return null;
  return (
    <ul aria-label="What stands in the way" className="grid gap-1 rounded-lg bg-bad-soft p-3 text-sm">
      {problems.map(({ path, message }) => (
        <li key={`${path} ${message}`} className="flex gap-2">
          <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
          <span className="min-w-0 break-words">
            {message}
            {path && path !== '$' && <code className="ml-1.5 font-mono text-muted text-xs">{path}</code>}
          </span>
        </li>
      ))}
    </ul>
  );
}
