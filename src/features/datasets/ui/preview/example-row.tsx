'use client';

import { Check, TriangleAlert } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { formatCount } from '@/lib/format';
import type { ExampleSummary } from '../../dataset.schema';
import type { FlagName } from '../../flag.rules';
import type { RowWord } from '../../left-out.rules';
import { splitNames } from '../../split.rules';
import { flagName } from '../prepare-message';
import { notableFlags, scoreTone } from './prepare-score';

export const ROW_PX = 36;
export const NARROW_HIDDEN = 'max-sm:hidden';

interface ExampleRowProps {
  example: ExampleSummary;
  /** What its number is called. */
  word: RowWord;
  /** In the whole list, from 0. */
  index: number;
  active: boolean;
  /** An example is open beside the list: there is room for less. */
  compact: boolean;
  /** The keys are here: the row takes the focus. */
  cursor: boolean;
  /** Null: rows cannot be selected. */
  selected: boolean | null;
  /** All rows are selected; a single one cannot be taken out. */
  fixed: boolean;
  onOpen: (id: string, index: number) => void;
  onToggle: (index: number, range: boolean) => void;
}

export const ExampleRow = memo(function ExampleRow(props: ExampleRowProps) {
  const { example, word, index, active, compact, cursor, selected, fixed, onOpen, onToggle } = props;
  const { line, firstUserText, lastAnswer, split, tokens, score, flags } = example;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (cursor) button.current?.focus({ preventScroll: true });
  }, [cursor]);
  const notable = notableFlags(flags);
  return (
    <tr
      aria-rowindex={index + 2}
      aria-current={active || undefined}
      style={{ height: ROW_PX }}
      className={cn(
        // One line in each cell: rows that are higher than they are counted would push the last ones out of reach.
        'relative whitespace-nowrap border-b [&>td]:px-3',
        active ? 'bg-accent-soft' : selected ? 'bg-sunken' : 'hover:bg-sunken',
      )}
    >
      {selected !== null && (
        <td className="relative z-1 pr-0!">
          <RowBox
            name={`${word.toLowerCase()} ${line}`}
            checked={selected}
            disabled={fixed}
            onToggle={(range) => onToggle(index, range)}
          />
        </td>
      )}
      <td className="text-right text-muted">{formatCount(line)}</td>
      <td>
        <span className="flex min-w-0 items-center gap-1.5">
          <button
            ref={button}
            type="button"
            onClick={() => onOpen(example.id, index)}
            className="min-w-0 flex-1 truncate rounded-sm text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {firstUserText || <span className="text-faint">no question</span>}
          </button>
          <Notable flags={notable} compact={compact} />
        </span>
      </td>
      {!compact && <td className={cn('truncate text-muted', NARROW_HIDDEN)}>{lastAnswer}</td>}
      <td className={cn('truncate text-muted', NARROW_HIDDEN)}>{splitNames[split]}</td>
      <td className="text-right">{formatCount(tokens)}</td>
      <td className={cn('text-right', NARROW_HIDDEN, scoreTone(score))}>{score ?? '–'}</td>
    </tr>
  );
});

/** What to look at first by name, the others by number; a sign alone where there is no room. */
function Notable({ flags, compact }: { flags: readonly FlagName[]; compact: boolean }) {
  const [first] = flags;
  if (!first) return null;
  const names = flags.map(flagName).join(', ');
  return (
    <>
      <TriangleAlert
        role="img"
        aria-label={names}
        className={cn('size-3.5 shrink-0 text-warn', !compact && 'sm:hidden')}
      />
      <span title={names} className={cn('inline-flex items-center gap-1.5 max-sm:hidden', compact && 'hidden')}>
        <Badge tone="warn">{flagName(first)}</Badge>
        {flags.length > 1 && <span className="text-faint text-xs">+{flags.length - 1}</span>}
      </span>
    </>
  );
}

interface RowBoxProps {
  name: string;
  checked: boolean;
  disabled: boolean;
  onToggle: (range: boolean) => void;
}

/** A native box: it tells whether Shift was held, and hundreds of them cost little. */
const RowBox = ({ name, checked, disabled, onToggle }: RowBoxProps) => (
  <label className="grid h-full w-fit place-items-center *:col-start-1 *:row-start-1">
    <input
      type="checkbox"
      aria-label={`Select ${name}`}
      checked={checked}
      disabled={disabled}
      onChange={({ nativeEvent }) => onToggle('shiftKey' in nativeEvent && nativeEvent.shiftKey === true)}
      className="peer size-4 appearance-none rounded-sm border border-line-strong bg-raised checked:border-accent checked:bg-accent hover:border-faint disabled:opacity-55"
    />
    <Check aria-hidden className="pointer-events-none size-3 text-on-accent opacity-0 peer-checked:opacity-100" />
  </label>
);

/** Its page is on the way. */
export const PendingRow = ({ index }: { index: number }) => (
  <tr aria-rowindex={index + 2} style={{ height: ROW_PX }} className="border-b">
    <td colSpan={7} className="px-3">
      <div className="h-3 rounded-sm bg-hover" />
    </td>
  </tr>
);
