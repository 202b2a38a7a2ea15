import { LoaderCircle } from 'lucide-react';
import { cn } from './cn';

/** Only for waits inside a control; a view that waits shows a skeleton. */
export function Spinner({ className }: { className?: string }) {
  return (
    <LoaderCircle
      data-spinner
      aria-hidden
      className={cn('size-4 animate-[spin-slow_0.8s_linear_infinite]', className)}
    />
  );
}
