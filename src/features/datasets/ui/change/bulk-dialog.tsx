'use client';

import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import { type Split, splitNames, splits } from '../../split.rules';
import { ChangeDialog } from './change-dialog';
import { type BulkTask, bulkChange, bulkExplanations, bulkNames } from './prepare-change';

interface BulkDialogProps {
  dataset: DatasetDetail;
  version: VersionSummary;
  task: BulkTask;
  onClose: () => void;
}

const splitChoices = splits.map((value) => ({ value, label: splitNames[value] }));

/** One change of several rows: asks for what it needs, shows what it would do, makes it. */
export function BulkDialog({ dataset, version, task, onClose }: BulkDialogProps) {
  const { kind } = task;
  const [split, setSplit] = useState<Split>('validation');
  const [text, setText] = useState('');
  const change = bulkChange(task, { split, text });
  // The object is new each time; its text tells whether it is another change.
  const key = JSON.stringify(change);
  const [stable, setStable] = useState({ key, change });
  if (stable.key !== key) setStable({ key, change });
  return (
    <ChangeDialog
      dataset={dataset}
      version={version}
      title={bulkNames[kind]}
      description={bulkExplanations[kind]}
      change={stable.change}
      danger={kind === 'delete'}
      {...(kind === 'delete' && { verb: (rows: string) => `Delete ${rows}` })}
      {...(kind === 'duplicate' && { verb: (rows: string) => `Duplicate ${rows}` })}
      onClose={onClose}
    >
      {kind === 'move' && (
        <Field label="Move to" className="max-w-60">
          {(control) => <Select {...control} options={splitChoices} value={split} onValueChange={setSplit} />}
        </Field>
      )}
      {kind === 'replaceSystemPrompt' && (
        <Field label="System prompt" hint="Empty removes the system prompt of every row.">
          {(control) => (
            <Textarea {...control} value={text} rows={4} onChange={(event) => setText(event.target.value)} />
          )}
        </Field>
      )}
    </ChangeDialog>
  );
}
