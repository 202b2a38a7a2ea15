'use client';

import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { Checkbox } from '@/components/ui/checkbox';
import { IconButton } from '@/components/ui/icon-button';
import { Select } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import { roleName } from '../prepare-message';
import { type DraftMessage, draftRoles } from './prepare-draft';

interface MessageFieldsProps {
  message: DraftMessage;
  /** From 1. */
  place: number;
  count: number;
  problems: readonly string[];
  /** Worth a look, and saved all the same. */
  warnings: readonly string[];
  onChange: (part: Partial<DraftMessage>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

const LEAST_ROWS = 2;
const MOST_ROWS = 16;
/** About as many letters as fit a line of the panel. */
const LINE = 60;

const rowsOf = (text: string): number => {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LINE)), 0);
  return Math.min(MOST_ROWS, Math.max(LEAST_ROWS, lines));
};

/** One message of an example: who says it, what, and whether it is learned. */
export function MessageFields(props: MessageFieldsProps) {
  const { message, place, count, problems, warnings, onChange, onMove, onRemove } = props;
  const { role, text, editable, trained, calls } = message;
  const known = draftRoles.some((one) => one === role);
  const options = [...draftRoles, ...(known ? [] : [role])].map((value) => ({
    value,
    label: roleName({ role: value, name: null }),
  }));
  return (
    <li className="rounded-lg border p-2">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Select
          size="sm"
          aria-label={`Role of message ${place}`}
          className="w-32"
          options={options}
          value={role}
          onValueChange={(next) => onChange({ role: next })}
        />
        {role === 'assistant' && (
          <Checkbox label="Trained on" checked={trained} onCheckedChange={(next) => onChange({ trained: next })} />
        )}
        <span className="ml-auto flex">
          <IconButton size="sm" label={`Move message ${place} up`} disabled={place === 1} onClick={() => onMove(-1)}>
            <ArrowUp />
          </IconButton>
          <IconButton
            size="sm"
            label={`Move message ${place} down`}
            disabled={place === count}
            onClick={() => onMove(1)}
          >
            <ArrowDown />
          </IconButton>
          <IconButton size="sm" label={`Remove message ${place}`} onClick={onRemove}>
            <Trash2 />
          </IconButton>
        </span>
      </div>
      {editable ? (
        <Textarea
          aria-label={`Text of message ${place}`}
          aria-invalid={problems.length > 0 || undefined}
          rows={rowsOf(text)}
          value={text}
          onChange={(event) => onChange({ text: event.target.value })}
        />
      ) : (
        <p className="text-muted text-sm">This message is made of several parts. Edit it as JSON.</p>
      )}
      {calls > 0 && (
        <p className="mt-1 text-muted text-sm">
          {calls === 1 ? 'Its tool call stays' : `Its ${calls} tool calls stay`} as {calls === 1 ? 'it is' : 'they are'}
          ; edit as JSON to change that.
        </p>
      )}
      {problems.map((problem) => (
        <p key={problem} className="mt-1 text-bad text-sm">
          {problem}
        </p>
      ))}
      {warnings.map((warning) => (
        <p key={warning} className="mt-1 text-sm text-warn">
          {warning}
        </p>
      ))}
    </li>
  );
}
