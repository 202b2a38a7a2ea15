'use client';

import { Plus } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { SegmentedControl } from '@/components/ui/segmented-control';
import type { ChangePreview, DatasetChange } from '../../change.schema';
import { DraftOutcome } from './draft-outcome';
import { JsonField } from './json-field';
import { MessageFields } from './message-fields';
import * as drafts from './prepare-draft';
import { useChangePreview, useSettled } from './use-change-preview';
import { useDraft } from './use-draft';

/** A change that is made of the text of one row. */
export type RowChange = Extract<DatasetChange, { body: string }>;

interface ExampleEditorProps {
  datasetId: string;
  versionId: string;
  /** Under which unsaved text is kept. */
  draftKey: string;
  /** The example as one line of JSON. */
  initial: string;
  /** What to begin with, where it is not that. */
  start?: string | undefined;
  toChange: (body: string) => RowChange;
  saveLabel: string;
  pending: boolean;
  /** What stands between the fields and the buttons: a failure, a conflict with the text that was written. */
  children?: (body: string) => ReactNode;
  /** @returns whether it was saved */
  onSave: (change: RowChange) => Promise<boolean>;
  onClose: () => void;
}

/** An example as fields, one for each message, or as JSON. Checked and counted while it is written. */
export function ExampleEditor(props: ExampleEditorProps) {
  const { datasetId, versionId, draftKey, initial, start, toChange, saveLabel, pending, children, onSave, onClose } =
    props;
  const { text, change: setText, forget, restored } = useDraft(draftKey, initial, start);
  const [draft, setDraft] = useState(() => drafts.readDraft(text));
  const [form, setForm] = useState<'fields' | 'json'>(draft ? 'fields' : 'json');
  const fault = drafts.faultOf(text);
  const body = drafts.oneLine(text);
  const settled = useSettled(body);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new closure for the same text and version is no new change
  const asked = useMemo(
    () =>
      drafts.faultOf(settled) === null && settled.length > 1 && settled !== drafts.oneLine(initial)
        ? toChange(settled)
        : null,
    [settled, versionId],
  );
  const { preview, stale } = useChangePreview({ datasetId, versionId, change: asked });
  const problems = preview?.problems ?? [];
  const isNew = body !== drafts.oneLine(initial);

  const edit = (next: drafts.Draft) => {
    setDraft(next);
    setText(drafts.writeDraft(next));
  };
  const show = (next: 'fields' | 'json') => {
    if (next === 'json') setText(drafts.spread(text));
    const read = next === 'fields' ? drafts.readDraft(text) : null;
    if (next === 'fields' && !read) return;
    setDraft(read);
    setForm(next);
  };
  const restart = () => {
    setText(initial);
    const read = drafts.readDraft(initial);
    setDraft(read);
    setForm(read ? 'fields' : 'json');
  };
  const save = async () => {
    if (fault || pending) return;
    if (await onSave(toChange(body))) forget();
  };

  return (
    <form
      aria-label="Edit example"
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
        event.preventDefault();
        void save();
      }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <SegmentedControl
          aria-label="Edit as"
          options={[
            { value: 'fields', label: 'Messages' },
            { value: 'json', label: 'JSON' },
          ]}
          value={form}
          onValueChange={show}
        />
        {restored && isNew && (
          <span className="flex items-center gap-1 text-muted text-sm">
            Your unsaved text was kept.
            <Button size="sm" variant="ghost" onClick={restart}>
              Start over
            </Button>
          </span>
        )}
      </div>
      {form === 'fields' && draft ? (
        <Fields draft={draft} problems={problems} warnings={preview?.warnings ?? []} onEdit={edit} />
      ) : (
        <JsonField text={text} fault={fault} onChange={setText} />
      )}
      <DraftOutcome
        preview={fault ? undefined : preview}
        stale={stale || settled !== body}
        fields={form === 'fields'}
      />
      {children?.(body)}
      <div className="sticky bottom-0 flex flex-wrap items-center justify-end gap-2 bg-raised py-2">
        <span className="mr-auto flex items-center gap-1 text-faint text-sm max-sm:hidden">
          <Kbd>Ctrl</Kbd>
          <Kbd>Enter</Kbd> saves
        </span>
        <Button onClick={onClose} disabled={pending}>
          Close
        </Button>
        <Button type="submit" variant="primary" pending={pending} disabled={fault !== null || !isNew}>
          {saveLabel}
        </Button>
      </div>
    </form>
  );
}

type Remark = ChangePreview['problems'][number];

/** What is said of one message. */
const of = (all: readonly Remark[], index: number): string[] =>
  all.filter(({ path }) => path?.includes(`messages[${index}]`)).map(({ message }) => message);

interface FieldsProps {
  draft: drafts.Draft;
  problems: readonly Remark[];
  warnings: readonly Remark[];
  onEdit: (draft: drafts.Draft) => void;
}

function Fields({ draft, problems, warnings, onEdit }: FieldsProps) {
  return (
    <>
      <ol className="grid gap-2">
        {draft.messages.map((message, index) => (
          <MessageFields
            key={message.key}
            message={message}
            place={index + 1}
            count={draft.messages.length}
            problems={of(problems, index)}
            warnings={of(warnings, index)}
            onChange={(part) => onEdit(drafts.changeMessage(draft, message.key, part))}
            onMove={(by) => onEdit(drafts.moveMessage(draft, message.key, by))}
            onRemove={() => onEdit(drafts.removeMessage(draft, message.key))}
          />
        ))}
      </ol>
      <Button size="sm" className="justify-self-start" onClick={() => onEdit(drafts.addMessage(draft))}>
        <Plus aria-hidden />
        Add a message
      </Button>
    </>
  );
}
