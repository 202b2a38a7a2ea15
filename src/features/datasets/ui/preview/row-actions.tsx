'use client';

import { ArrowRightLeft, Copy, EyeOff, ListChecks, MessageSquareText, Plus, Scissors, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { formatCount } from '@/lib/format';
import { type BulkKind, bulkNames } from '../change/prepare-change';
import { canDuplicate, MOST_SELECTED, type Selection } from './prepare-selection';

const ICONS: Record<BulkKind, ReactNode> = {
  delete: <Trash2 />,
  move: <ArrowRightLeft />,
  duplicate: <Copy />,
  trim: <Scissors />,
  replaceSystemPrompt: <MessageSquareText />,
  redact: <EyeOff />,
};
const TEXTS = ['trim', 'replaceSystemPrompt', 'redact'] as const;

interface RowActionsProps {
  selection: Selection;
  /** Rows that match the filter, null when that is not known. */
  matches: number | null;
  filtered: boolean;
  onTask: (kind: BulkKind | 'add') => void;
  onClear: () => void;
}

/** What can be done with the selected rows or, while none is, with all that match. */
export function RowActions({ selection, matches, filtered, onTask, onClear }: RowActionsProps) {
  const chosen = selection.all || selection.ids.size > 0;
  return (
    <section aria-label="Actions on rows" className="flex min-h-8 flex-wrap items-center gap-2">
      {chosen ? (
        <>
          <span role="status" className="text-sm">
            {selection.all ? allSelected(matches, filtered) : someSelected(selection.ids.size)}
          </span>
          <Button size="sm" onClick={() => onTask('delete')}>
            <Trash2 aria-hidden />
            Delete
          </Button>
          <Button size="sm" onClick={() => onTask('move')}>
            <ArrowRightLeft aria-hidden />
            Move to split
          </Button>
          <DropdownMenu align="start" trigger={<Button size="sm">Change text</Button>}>
            {TEXTS.map((kind) => (
              <MenuItem key={kind} icon={ICONS[kind]} onSelect={() => onTask(kind)}>
                {bulkNames[kind]}
              </MenuItem>
            ))}
          </DropdownMenu>
          {canDuplicate(selection, matches) && (
            <Button size="sm" onClick={() => onTask('duplicate')}>
              <Copy aria-hidden />
              Duplicate
            </Button>
          )}
          <Button size="sm" variant="ghost" onClick={onClear}>
            Select none
          </Button>
          {!canDuplicate(selection, matches) && (
            <span className="text-muted text-sm">
              {`Duplicating takes at most ${formatCount(MOST_SELECTED)} rows at once, because each copy is given a place of its own behind its row. Select fewer, or filter first.`}
            </span>
          )}
        </>
      ) : (
        <>
          <Button size="sm" onClick={() => onTask('add')}>
            <Plus aria-hidden />
            Add an example
          </Button>
          <DropdownMenu
            align="start"
            trigger={
              <Button size="sm">
                <ListChecks aria-hidden />
                {filtered ? 'Change all that match' : 'Change all rows'}
              </Button>
            }
          >
            <MenuLabel>{matches === null ? 'Every row that matches' : `${formatCount(matches)} rows`}</MenuLabel>
            {TEXTS.map((kind) => (
              <MenuItem key={kind} icon={ICONS[kind]} onSelect={() => onTask(kind)}>
                {bulkNames[kind]}
              </MenuItem>
            ))}
            <MenuItem icon={ICONS.move} onSelect={() => onTask('move')}>
              {bulkNames.move}
            </MenuItem>
            {filtered && (
              <>
                <MenuSeparator />
                <MenuItem icon={ICONS.delete} tone="danger" onSelect={() => onTask('delete')}>
                  Delete all that match
                </MenuItem>
              </>
            )}
          </DropdownMenu>
        </>
      )}
    </section>
  );
}

const someSelected = (count: number): string =>
  count < MOST_SELECTED
    ? `${formatCount(count)} selected`
    : `${formatCount(count)} selected, the most one by one: the box above the rows selects all`;

function allSelected(matches: number | null, filtered: boolean): string {
  if (matches === null) return 'Every row that matches is selected';
  return `All ${formatCount(matches)} ${filtered ? 'that match' : 'rows'} are selected`;
}
