'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount } from '@/lib/format';
import type { ExampleSummary } from '../../dataset.schema';
import { splitNames } from '../prepare-analysis';
import { flagName } from '../prepare-message';

const ROW_PX = 36;
const OVERSCAN = 12;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 20;

interface ExampleTableProps {
  rows: readonly ExampleSummary[] | undefined;
  activeId: string | null;
  onOpen: (id: string) => void;
  empty: ReactNode;
  more: { available: boolean; pending: boolean; onMore: () => void };
}

/** Only the rows in sight exist, so a million examples scroll like ten; the next page comes before the end is reached. */
export function ExampleTable({ rows, activeId, onOpen, empty, more }: ExampleTableProps) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows?.length ?? 0,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    // Before the box is measured (on the server too) as many rows as fit a usual screen.
    initialRect: { width: 800, height: 560 },
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { available, pending, onMore } = more;
  const wanted = rows !== undefined && available && !pending && last >= rows.length - AHEAD;
  // The scroll position is the outside system here: it decides what is loaded next.
  useEffect(() => {
    if (wanted) onMore();
  }, [wanted, onMore]);

  if (rows?.length === 0) return empty;
  const before = items[0]?.start ?? 0;
  const after = Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0));
  return (
    <div
      ref={box}
      className={cn(
        'overflow-y-auto',
        rows === undefined ? 'h-[max(22rem,calc(100dvh-21rem))]' : 'max-h-[max(22rem,calc(100dvh-21rem))]',
      )}
    >
      {rows === undefined ? (
        <LoadingRows />
      ) : (
        <table
          aria-label="Examples"
          aria-rowcount={available ? -1 : rows.length + 1}
          className="w-full table-fixed border-collapse text-left text-sm"
        >
          <Head />
          <tbody>
            {before > 0 && <Spacer height={before} />}
            {items.map((item) => {
              const example = rows[item.index];
              return (
                example && (
                  <Row
                    key={example.id}
                    example={example}
                    index={item.index}
                    active={example.id === activeId}
                    onOpen={onOpen}
                  />
                )
              );
            })}
            {after > 0 && <Spacer height={after} />}
          </tbody>
        </table>
      )}
    </div>
  );
}

const NARROW_HIDDEN = 'max-sm:hidden';

function Head() {
  const cell = 'h-8 truncate px-3 font-medium';
  return (
    <thead className="sticky top-0 z-2 bg-raised text-muted shadow-[inset_0_-1px_var(--border)]">
      <tr>
        <th scope="col" className={cn(cell, 'w-18 text-right')}>
          Line
        </th>
        <th scope="col" className={cell}>
          First question
        </th>
        <th scope="col" className={cn(cell, NARROW_HIDDEN)}>
          Last answer
        </th>
        <th scope="col" className={cn(cell, NARROW_HIDDEN, 'w-28')}>
          Split
        </th>
        <th scope="col" className={cn(cell, 'w-20 text-right')}>
          Tokens
        </th>
      </tr>
    </thead>
  );
}

/** Stands for the rows that are not in sight. */
const Spacer = ({ height }: { height: number }) => (
  <tr aria-hidden>
    <td style={{ height }} />
  </tr>
);

interface RowProps {
  example: ExampleSummary;
  index: number;
  active: boolean;
  onOpen: (id: string) => void;
}

function Row({ example, index, active, onOpen }: RowProps) {
  const { line, firstUserText, lastAnswer, split, tokens, flags } = example;
  const notable = flags.filter((flag) => flag === 'duplicate' || flag === 'warning');
  return (
    <tr
      aria-rowindex={index + 2}
      aria-current={active || undefined}
      style={{ height: ROW_PX }}
      className={cn('relative border-b [&>td]:px-3', active ? 'bg-accent-soft' : 'hover:bg-sunken')}
    >
      <td className="text-right text-muted">{formatCount(line)}</td>
      <td>
        <span className="flex min-w-0 items-center gap-2">
          <button
            type="button"
            onClick={() => onOpen(example.id)}
            className="min-w-0 truncate rounded-sm text-left after:absolute after:inset-0"
          >
            {firstUserText || <span className="text-faint">no question</span>}
          </button>
          {notable.map((flag) => (
            <Badge key={flag} tone="warn">
              {flagName(flag)}
            </Badge>
          ))}
        </span>
      </td>
      <td className={cn('truncate text-muted', NARROW_HIDDEN)}>{lastAnswer}</td>
      <td className={cn('truncate text-muted', NARROW_HIDDEN)}>{splitNames[split]}</td>
      <td className="text-right">{formatCount(tokens)}</td>
    </tr>
  );
}

function LoadingRows() {
  return (
    <div className="space-y-3 p-3">
      {Array.from({ length: 10 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <Skeleton key={index} className="h-5" />
      ))}
    </div>
  );
}
