'use client';

import { ChevronRight } from 'lucide-react';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { ErrorPanel } from '@/components/ui/error-panel';
import { LoadMore } from '@/components/ui/load-more';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import { type DiffKind, diffKinds } from '../../diff.rules';
import type { DiffInput, DiffRow, VersionDiff } from '../../diff.schema';
import { type RowWord, rowWord } from '../../left-out.rules';
import { splitNames } from '../../split.rules';
import { DiffConversation } from './diff-conversation';
import { differenceText, diffKindNames, diffSigns, kindsOf } from './prepare-diff';

const PAGE = 50;

/** The rows of one kind of difference; each opens as a conversation. */
export function DiffRows({ input, diff }: { input: DiffInput; diff: VersionDiff }) {
  const [chosen, setChosen] = useQueryState('rows', parseAsStringLiteral(diffKinds));
  const kinds = kindsOf(diff);
  const kind = chosen !== null && kinds.includes(chosen) ? chosen : kinds[0];
  if (!kind) return null;
  const options = kinds.map((value) => ({
    value,
    label: (
      <>
        <span aria-hidden className="font-mono">
          {diffSigns[value]}
        </span>
        {diffKindNames[value]} <span className="text-faint">{formatCount(diff.counts[value])}</span>
      </>
    ),
  }));
  return (
    <div className="grid min-w-0 gap-3">
      <div className="overflow-x-auto">
        <SegmentedControl
          aria-label="Rows that are"
          options={options}
          value={kind}
          onValueChange={(value) => void setChosen(value)}
        />
      </div>
      <RowList key={kind} input={input} kind={kind} diff={diff} left={diff.counts[kind] - diff.listed[kind]} />
    </div>
  );
}

interface RowListProps {
  input: DiffInput;
  kind: DiffKind;
  diff: Pick<VersionDiff, 'from' | 'to'>;
  left: number;
}

function RowList({ input, kind, diff, left }: RowListProps) {
  const query = trpc.datasets.diffRows.useInfiniteQuery(
    { ...input, kind, limit: PAGE },
    { getNextPageParam: (page) => page.nextCursor, staleTime: Number.POSITIVE_INFINITY },
  );
  const [open, setOpen] = useState<string | null>(null);
  if (query.error && !query.data) {
    return <ErrorPanel title="Rows could not be loaded" error={query.error} onRetry={() => void query.refetch()} />;
  }
  const rows = query.data?.pages.flatMap((page) => page.items);
  if (!rows) return <Skeleton className="h-48" />;
  return (
    <Card flush>
      <ol aria-label={`${diffKindNames[kind]} rows`}>
        {rows.map((row) => {
          const id = row.after?.id ?? row.before?.id ?? '';
          return (
            <li key={id} className="border-b last:border-b-0">
              <RowLine
                kind={kind}
                row={row}
                word={rowWord((row.after ? diff.to : diff.from).rowsNumbered)}
                open={open === id}
                onToggle={() => setOpen(open === id ? null : id)}
              />
              {open === id && (
                <div id={`diff-${id}`} className="border-t bg-surface px-4 py-3">
                  <DiffConversation datasetId={input.datasetId} before={row.before} after={row.after} />
                </div>
              )}
            </li>
          );
        })}
      </ol>
      <LoadMore
        available={query.hasNextPage}
        pending={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
      />
      {left > 0 && !query.hasNextPage && (
        <p className="border-t px-4 py-2 text-muted text-sm">{formatCount(left)} more are not listed.</p>
      )}
    </Card>
  );
}

interface RowLineProps {
  kind: DiffKind;
  row: DiffRow;
  /** What its number is called. */
  word: RowWord;
  open: boolean;
  onToggle: () => void;
}

const SIGN_LOOK = {
  changed: 'bg-info-soft text-info',
  added: 'bg-good-soft text-good',
  removed: 'bg-bad-soft text-bad',
  moved: 'bg-hover text-muted',
} as const satisfies Record<DiffKind, string>;

function RowLine({ kind, row: { before, after }, word, open, onToggle }: RowLineProps) {
  const shown = after ?? before;
  if (!shown) return null;
  const { id, line, firstUserText, lastAnswer } = shown;
  const sides = [...new Set([before?.split, after?.split])].flatMap((side) => (side ? splitNames[side] : []));
  const tokens =
    kind === 'changed' ? differenceText(before?.tokens ?? 0, after?.tokens ?? 0) : formatCount(shown.tokens);
  return (
    <button
      type="button"
      aria-expanded={open}
      aria-controls={open ? `diff-${id}` : undefined}
      onClick={onToggle}
      className="flex min-h-9 w-full items-center gap-3 px-4 py-1.5 text-left text-sm hover:bg-sunken focus-visible:-outline-offset-2"
    >
      <ChevronRight aria-hidden className={cn('size-4 shrink-0 text-faint', open && 'rotate-90')} />
      <span aria-hidden className={cn('w-5 shrink-0 rounded-sm text-center font-medium font-mono', SIGN_LOOK[kind])}>
        {diffSigns[kind]}
      </span>
      <span className="sr-only">{diffKindNames[kind]}: </span>
      <span className="w-16 shrink-0 text-muted max-sm:w-12">
        <span className="max-sm:hidden">{word.toLowerCase()} </span>
        {formatCount(line)}
      </span>
      <span className="min-w-0 flex-1 truncate">{firstUserText || 'no question'}</span>
      <span className="min-w-0 flex-1 truncate text-muted max-lg:hidden">{lastAnswer}</span>
      <span className="w-40 shrink-0 text-muted max-sm:hidden">{sides.join(' → ')}</span>
      <span className="w-24 shrink-0 text-right text-muted max-sm:w-auto">
        {tokens}
        <span className="max-sm:hidden">{tokens === 'same' ? ' length' : ' tokens'}</span>
      </span>
    </button>
  );
}
