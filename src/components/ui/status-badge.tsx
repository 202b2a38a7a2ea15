import { Circle, CircleAlert, CircleCheck, CircleX, LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge, type Tone } from './badge';

interface StatusBadgeProps {
  tone: Tone;
  children: ReactNode;
  /** Something is under way: the mark turns. */
  busy?: boolean;
}

const MARK: Record<Tone, typeof Circle> = {
  neutral: Circle,
  good: CircleCheck,
  warn: CircleAlert,
  bad: CircleX,
  info: Circle,
};

/** State by colour, mark and word at once, so that none of them carries it alone. */
export function StatusBadge({ tone, children, busy = false }: StatusBadgeProps) {
  const Mark = busy ? LoaderCircle : MARK[tone];
  return (
    <Badge tone={tone}>
      <Mark aria-hidden className={busy ? 'animate-[spin-slow_1.6s_linear_infinite]' : undefined} />
      {children}
    </Badge>
  );
}
