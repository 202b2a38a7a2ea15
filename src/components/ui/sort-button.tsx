import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface SortButtonProps {
  /** Which way the column is sorted, if it is. */
  way: 'ascending' | 'descending' | undefined;
  onClick: () => void;
  children: ReactNode;
}

/** The head of a column by which rows can be sorted. */
export function SortButton({ way, onClick, children }: SortButtonProps) {
  const Mark = way === undefined ? ChevronsUpDown : way === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      onClick={onClick}
      className={cn('inline-flex items-center gap-1 rounded-sm hover:text-fg', way && 'text-fg')}
    >
      {children}
      <Mark aria-hidden className="size-3.5" />
    </button>
  );
}
