'use client';

import { formatRelative } from '@/lib/time';
import { useNow } from './use-now';

const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

interface RelativeTimeProps {
  date: Date;
  className?: string;
}

/** "4 min ago", kept true while it is looked at; the exact time on hover. */
export function RelativeTime({ date, className }: RelativeTimeProps) {
  const now = useNow();
  // Server and browser render a moment apart and in different time zones: both texts are right, so React need not compare them.
  return (
    <time
      dateTime={date.toISOString()}
      title={EXACT.format(date)}
      suppressHydrationWarning
      className={className ?? 'whitespace-nowrap'}
    >
      {formatRelative(date, new Date(now))}
    </time>
  );
}
