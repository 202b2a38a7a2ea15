import { cn } from '@/components/ui/cn';

interface TokenTextProps {
  text: string;
  ends: readonly number[];
  trained: boolean;
}

/** A text with every other token marked, in the accent's colour where the model learns it. */
export function TokenText({ text, ends, trained }: TokenTextProps) {
  return (
    <p className="whitespace-pre-wrap break-words font-mono text-xs leading-5">
      {ends.map((end, index) => {
        const token = text.slice(ends[index - 1] ?? 0, end);
        return (
          <span
            key={end}
            className={cn(
              'rounded-xs',
              index % 2 === 0 ? (trained ? 'bg-token-trained' : 'bg-token') : '',
              trained ? 'text-fg' : 'text-muted',
            )}
          >
            {token.includes('\n') ? token.replaceAll('\n', '⏎\n') : token}
          </span>
        );
      })}
    </p>
  );
}
