import { cn } from './cn';

/** A grey shape of the size of what is coming; invisible for the first 150 ms. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('skeleton-pulse rounded-md bg-hover', className)} />;
}
