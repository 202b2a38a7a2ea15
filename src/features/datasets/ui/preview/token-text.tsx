import { Fragment } from 'react';
import { cn } from '@/components/ui/cn';

interface TokenTextProps {
  /** Of the message; the model reads them as one text. */
  parts: readonly string[];
  ends: readonly number[];
  trained: boolean;
}

/** A text with every other token marked, in the accent's colour where the model learns it. */
export function TokenText({ parts, ends, trained }: TokenTextProps) {
  const text = parts.join('');
  const starts = partStarts(parts, ends);
  return (
    <p className="whitespace-pre-wrap break-words font-mono text-xs leading-5">
      {ends.map((end, index) => {
        const token = text.slice(ends[index - 1] ?? 0, end);
        return (
          <Fragment key={end}>
            {starts.has(index) && <span aria-hidden className="my-1.5 block border-t border-dashed" />}
            <span
              className={cn(
                'rounded-xs',
                index % 2 === 0 ? (trained ? 'bg-token-trained' : 'bg-token') : '',
                trained ? 'text-fg' : 'text-muted',
              )}
            >
              {token.includes('\n') ? token.replaceAll('\n', '⏎\n') : token}
            </span>
          </Fragment>
        );
      })}
    </p>
  );
}

/** Tokens in which another part begins. */
function partStarts(parts: readonly string[], ends: readonly number[]): ReadonlySet<number> {
  let at = 0;
  const starts = parts.slice(0, -1).map((part) => {
    at += part.length;
    return ends.findIndex((end) => end > at);
  });
  return new Set(starts.filter((index) => index > 0));
}
