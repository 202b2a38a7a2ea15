import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button';

interface ShownOnceProps {
  value: string;
  label: string;
  /** What to do with it. */
  children: ReactNode;
}

/** A secret at the only moment at which it can be seen. */
export function ShownOnce({ value, label, children }: ShownOnceProps) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-2 rounded-md border bg-sunken py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 break-all font-mono text-sm" data-testid="shown-once">
          {value}
        </code>
        <CopyButton value={value} label={`Copy ${label.toLowerCase()}`} />
      </div>
      <p className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
        Copy it now: it is stored as a hash only and will not be shown again.
      </p>
      <p className="text-muted">{children}</p>
    </div>
  );
}
