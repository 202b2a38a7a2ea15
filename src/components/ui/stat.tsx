import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface StatProps {
  label: ReactNode;
  /** Already formatted, with its unit. */
  value: ReactNode;
  /** Muted line below: a comparison, a bound. */
  note?: ReactNode;
  href?: string;
  className?: string;
}

export function Stat({ label, value, note, href, className }: StatProps) {
  const content = (
    <>
      <div className="text-muted text-sm">{label}</div>
      <div className="mt-0.5 truncate font-semibold text-xl">{value}</div>
      {note !== undefined && <div className="mt-0.5 text-muted text-sm">{note}</div>}
    </>
  );
  if (href === undefined) return <div className={cn('min-w-0', className)}>{content}</div>;
  return (
    <Link
      href={href}
      className={cn(
        'block min-w-0 rounded-lg border bg-raised p-4 transition-colors duration-100 hover:bg-sunken',
        className,
      )}
    >
      {content}
    </Link>
  );
}
