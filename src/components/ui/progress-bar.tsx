import type { ReactNode } from 'react';
import { formatPercent } from '@/lib/format';
import { cn } from './cn';

interface ProgressBarProps {
  /** Read aloud: what progresses. */
  label: string;
  /** 0..1; null = under way, the amount is unknown. */
  value: number | null;
  tone?: 'accent' | 'good' | 'warn' | 'bad';
  /** Right below: amount, rate, time left. */
  children?: ReactNode;
  className?: string;
}

const FILL = { accent: 'bg-accent', good: 'bg-good', warn: 'bg-warn', bad: 'bg-bad' };

export function ProgressBar({ label, value, tone = 'accent', children, className }: ProgressBarProps) {
  const ratio = value === null ? null : Math.min(1, Math.max(0, value));
  return (
    <div className={cn('min-w-0', className)}>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(ratio !== null && { 'aria-valuenow': Math.round(ratio * 100), 'aria-valuetext': formatPercent(ratio) })}
        className="h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div
          className={cn(
            'h-full rounded-full transition-[width] duration-150 ease-out',
            FILL[tone],
            ratio === null && 'skeleton-pulse',
          )}
          style={{ width: ratio === null ? '40%' : `${ratio * 100}%` }}
        />
      </div>
      {children !== undefined && <div className="mt-1 text-muted text-sm">{children}</div>}
    </div>
  );
}
