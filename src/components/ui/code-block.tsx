import { cn } from './cn';
import { CopyButton } from './copy-button';

interface CodeBlockProps {
  code: string;
  /** Shown above: "curl", "request". */
  title?: string;
  /** Long texts scroll inside this many rem. */
  maxHeight?: number;
  wrap?: boolean;
  className?: string;
}

export function CodeBlock({ code, title, maxHeight = 24, wrap = false, className }: CodeBlockProps) {
  return (
    <figure className={cn('relative min-w-0 rounded-lg border bg-sunken', className)}>
      <figcaption className="flex h-9 items-center justify-between border-b pr-1 pl-3 text-muted text-sm">
        {title ?? 'Code'}
        <CopyButton value={code} label={`Copy ${title ?? 'code'}`} />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        style={{ maxHeight: `${maxHeight}rem` }}
        className={cn('overflow-auto p-3 font-mono text-xs', wrap && 'whitespace-pre-wrap break-words')}
      >
        {code}
      </pre>
    </figure>
  );
}
