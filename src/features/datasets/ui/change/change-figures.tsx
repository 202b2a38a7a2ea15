import { CircleX } from 'lucide-react';
import { formatCount } from '@/lib/format';
import type { ChangePreview } from '../../change.schema';
import { changeSentence, countRows, signed } from './prepare-change';

/** True totals: rows that change, and what it does to the tokens. */
export function ChangeFigures({ preview }: { preview: ChangePreview }) {
  const { matched, tokensBefore, tokensAfter } = preview;
  return (
    <p role="status">
      <span className="font-medium">{changeSentence(preview)}</span>
      <span className="text-muted">
        {` of ${countRows(matched)} meant · `}
        {tokensBefore === tokensAfter
          ? `${formatCount(tokensAfter)} tokens, as before`
          : `${formatCount(tokensBefore)} → ${formatCount(tokensAfter)} tokens (${signed(tokensAfter - tokensBefore)})`}
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
            {path && <code className="ml-1.5 font-mono text-muted text-xs">{path}</code>}
          </span>
        </li>
      ))}
    </ul>
  );
}
