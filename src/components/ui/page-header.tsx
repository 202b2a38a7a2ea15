import type { ReactNode } from 'react';

interface PageHeaderProps {
  title: ReactNode;
  /** One line: what this is, or its figures. */
  summary?: ReactNode;
  /** Secondary buttons first, the primary one last. */
  actions?: ReactNode;
  /** State of the thing, beside the title. */
  badge?: ReactNode;
}

export function PageHeader({ title, summary, actions, badge }: PageHeaderProps) {
  return (
    <div className="mb-5 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
      <div className="min-w-0">
        <div className="flex min-w-0 items-center gap-2.5">
          <h1 className="min-w-0 break-words font-semibold text-2xl tracking-[-0.01em]">{title}</h1>
          {badge}
        </div>
        {summary !== undefined && <div className="mt-0.5 text-muted">{summary}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
