'use client';

import { type ReactNode, useEffect, useLayoutEffect } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import { SortButton } from '@/components/ui/sort-button';
import type { ExampleSort } from '../../example-sort.rules';
import type { RowWord } from '../../left-out.rules';
import { ExampleRow, NARROW_HIDDEN, PendingRow, ROW_PX } from './example-row';
import { nextSort, sortedBy } from './prepare-filters';
import { isSelected, type Selection, selectionState } from './prepare-selection';
import type { ExampleRows } from './use-example-rows';
import { useRowWindow } from './use-row-window';

const OVERSCAN = 12;
/** Rows before an end of what is loaded at which more is asked for. */
const AHEAD = 40;
const HEAD_PX = 33;
/** From so many rows on their numbers need more room. */
const LONG_NUMBERS = 100_000;

interface ExampleTableProps {
  data: ExampleRows;
  activeId: string | null;
  /** Index of the row that the keys move, -1 for none. */
  cursor: number;
  /** What the number of a row is called. */
  word: RowWord;
  /** Null: nothing can be done with rows here, so there is nothing to select. */
  selection: Selection | null;
  onOpen: (id: string, index: number) => void;
  onToggle: (index: number, range: boolean) => void;
  onToggleAll: () => void;
  sort: ExampleSort;
  onSort: (sort: ExampleSort) => void;
  empty: ReactNode;
}

/** Only the rows in sight exist, and only some thousand are loaded, so a million examples scroll like ten. */
export function ExampleTable(props: ExampleTableProps) {
  const { data, activeId, cursor, word, selection, onOpen, onToggle, onToggleAll, empty } = props;
  const { rows, first, count, need, remember } = data;
  const shown = useRowWindow({ count, rowPx: ROW_PX, headPx: HEAD_PX, overscan: OVERSCAN, top: data.top });
  const { box, height, before, after, from, to, revealRow } = shown;
  // The scroll position is the outside system here: it decides what is loaded next, and is found again on coming back.
  useEffect(() => {
    need(Math.max(0, from - AHEAD), to + AHEAD);
  }, [need, from, to]);
  useEffect(() => remember(from), [remember, from]);
  useLayoutEffect(() => {
    if (cursor >= 0) revealRow(cursor);
  }, [revealRow, cursor]);

  if (rows?.length === 0 && count === 0) return empty;
  const waiting = rows === undefined && count === 0;
  return (
    <div
      ref={box}
      className={cn(
        // Without anchors: the browser would hold on to the space below the rows, and a jump would end at the bottom.
        'overflow-y-auto [overflow-anchor:none]',
        waiting ? 'h-[max(22rem,calc(100dvh-24.5rem))]' : 'max-h-[max(22rem,calc(100dvh-24.5rem))]',
      )}
    >
      {waiting ? (
        <LoadingRows />
      ) : (
        // The box keeps its height whatever is being exchanged in the table, or the browser would cut the scroll position.
        <div className="overflow-clip" style={{ height: height + HEAD_PX }}>
          <table
            aria-label="Examples"
            aria-rowcount={data.more ? -1 : count + 1}
            className="w-full table-fixed border-collapse text-left text-sm"
          >
            <Head
              word={word}
              selection={selection}
              compact={activeId !== null}
              wide={count >= LONG_NUMBERS}
              onToggleAll={onToggleAll}
              sort={props.sort}
              onSort={props.onSort}
            />
            <tbody>
              {before > 0 && <Spacer height={before} />}
              {Array.from({ length: shown.last - shown.first }, (_, i) => {
                const index = shown.first + i;
                const example = rows?.[index - first];
                return example ? (
                  <ExampleRow
                    key={example.id}
                    example={example}
                    word={word}
                    index={index}
                    active={example.id === activeId}
                    compact={activeId !== null}
                    cursor={index === cursor}
                    selected={selection && isSelected(selection, example.id)}
                    fixed={selection?.all === true}
                    onOpen={onOpen}
                    onToggle={onToggle}
                  />
                ) : (
                  <PendingRow key={index} index={index} />
                );
              })}
              {after > 0 && <Spacer height={after} />}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

interface HeadProps extends Pick<ExampleTableProps, 'word' | 'selection' | 'onToggleAll' | 'sort' | 'onSort'> {
  compact: boolean;
  /** Numbers of rows have six digits or more. */
  wide: boolean;
}

function Head({ word, selection, compact, wide, onToggleAll, sort, onSort }: HeadProps) {
  const cell = 'h-8 truncate px-3 font-medium';
  return (
    <thead className="sticky top-0 z-2 bg-raised text-muted shadow-[inset_0_-1px_var(--border)]">
      <tr>
        {selection && (
          <th scope="col" className="w-10 pl-3">
            <span className="flex">
              <Checkbox
                aria-label="Select every row that matches"
                checked={selectionState(selection)}
                onCheckedChange={onToggleAll}
              />
            </span>
          </th>
        )}
        <th scope="col" className={cn(cell, wide ? 'w-23' : 'w-16', 'text-right')}>
          {word}
        </th>
        <th scope="col" className={cell}>
          First question
        </th>
        {!compact && (
          <th scope="col" className={cn(cell, NARROW_HIDDEN)}>
            Last answer
          </th>
        )}
        <th scope="col" className={cn(cell, NARROW_HIDDEN, 'w-26')}>
          Split
        </th>
        <th scope="col" aria-sort={sortedBy('tokens', sort)} className={cn(cell, 'w-22 text-right')}>
          <SortButton way={sortedBy('tokens', sort)} onClick={() => onSort(nextSort('tokens', sort))}>
            Tokens
          </SortButton>
        </th>
        <th scope="col" aria-sort={sortedBy('score', sort)} className={cn(cell, NARROW_HIDDEN, 'w-20 text-right')}>
          <SortButton way={sortedBy('score', sort)} onClick={() => onSort(nextSort('score', sort))}>
            Score
          </SortButton>
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
