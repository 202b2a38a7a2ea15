'use client';

import { useState } from 'react';
import { CodeBlock } from '@/components/ui/code-block';
import { Dialog } from '@/components/ui/dialog';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import { type RowInFile, rowName } from '../../left-out.rules';
import { type Split, splitNames, splits } from '../../split.rules';
import { ConflictNotice } from './conflict-notice';
import { ExampleEditor } from './example-editor';
import { useApplyChange } from './use-apply-change';

interface AddDialogProps {
  dataset: DatasetDetail;
  version: VersionSummary;
  /** Of the file, when the example is a row that was left out of it. */
  row?: RowInFile;
  /** What to begin with, as one line of JSON or what should be one. */
  initial?: string;
  /** What stood in the file, to be looked at while writing. */
  beside?: string;
  onClose: () => void;
}

const BLANK = JSON.stringify({
  messages: [
    { role: 'user', content: '' },
    { role: 'assistant', content: '' },
  ],
});
const splitChoices = splits.map((value) => ({ value, label: splitNames[value] }));

/** A new example: at the end of the dataset, or where a row of the file was left out. */
export function AddDialog({ dataset, version, row, initial = BLANK, beside, onClose }: AddDialogProps) {
  const { base, apply, pending, error, conflict, moveOn } = useApplyChange(dataset, version);
  const [split, setSplit] = useState<Split>('train');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !pending && onClose()}
      size="lg"
      title={row === undefined ? 'Add an example' : `Set right and add ${rowName(row).toLowerCase()}`}
      description={
        row === undefined
          ? `It becomes part of the next version of ${dataset.name}.`
          : `It becomes part of the next version of ${dataset.name}, where it stands in the file.`
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {beside !== undefined && <CodeBlock title="As it stands in the file" code={beside} wrap maxHeight={10} />}
        <Field label="Split" hint="Held-out examples are never sent to a provider." className="max-w-80">
          {(control) => <Select {...control} options={splitChoices} value={split} onValueChange={setSplit} />}
        </Field>
        <ExampleEditor
          datasetId={dataset.id}
          versionId={base.id}
          draftKey={row === undefined ? `${dataset.id}.new` : `${dataset.id}.${rowName(row)}`}
          initial={initial}
          toChange={(body) => ({
            kind: 'add',
            body,
            split,
            ...(row && { line: row.line, ...(row.element && { element: row.element }) }),
          })}
          saveLabel="Add example"
          pending={pending}
          onClose={onClose}
          onSave={async (change) => {
            const made = await apply(change);
            if (made) onClose();
            return made !== null;
          }}
        >
          {() => (
            <>
              {conflict && <ConflictNotice newest={conflict} onMoveOn={() => void moveOn()} />}
              {error && <ErrorPanel title="The example was not added" error={error} />}
            </>
          )}
        </ExampleEditor>
      </div>
    </Dialog>
  );
}
