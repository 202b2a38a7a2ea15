import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon?: ReactNode;
  /** One sentence: what this place is for. */
  children: ReactNode;
  /** One primary action, and at most one sample to try. */
  actions?: ReactNode;
}

export function EmptyState({ icon, children, actions }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      {icon !== undefined && (
        <div aria-hidden className="text-faint [&_svg]:size-5">
          {icon}
        </div>
      )}
      <div className="max-w-md text-muted">{children}</div>
      {actions !== undefined && <div className="flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
