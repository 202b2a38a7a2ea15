import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Fragment } from 'react';

export interface Crumb {
  label: string;
  /** Left out for the page itself. */
  href?: string;
}

export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1 text-sm">
        {crumbs.map((crumb, index) => (
          <Fragment key={crumb.href ?? crumb.label}>
            {index > 0 && (
              <li aria-hidden className="text-faint max-sm:hidden">
                <ChevronRight className="size-3.5" />
              </li>
            )}
            <li className={index < crumbs.length - 1 ? 'shrink-0 max-sm:hidden' : 'min-w-0 truncate'}>
              {crumb.href === undefined || index === crumbs.length - 1 ? (
                <span aria-current="page" className="font-medium">
                  {crumb.label}
                </span>
              ) : (
                <Link href={crumb.href} className="rounded-sm text-muted hover:text-fg">
                  {crumb.label}
                </Link>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
