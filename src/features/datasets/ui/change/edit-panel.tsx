'use client';

import { ErrorPanel } from '@/components/ui/error-panel';
import type { DatasetDetail, ExampleDetail, VersionSummary } from '../../dataset.schema';
import { ConflictNotice } from './conflict-notice';
import { ExampleEditor } from './example-editor';
import { useApplyChange } from './use-apply-change';

interface EditPanelProps {
  dataset: DatasetDetail;
  version: VersionSummary;
  example: ExampleDetail;
  /** The version that the edit made. */
  onSaved: (versionId: string) => void;
  onClose: () => void;
}

/** An example of the version on screen, edited in place. */
export function EditPanel({ dataset, version, example, onSaved, onClose }: EditPanelProps) {
  const { base, apply, pending, error, conflict, moveOn } = useApplyChange(dataset, version);
  return (
    <ExampleEditor
      datasetId={dataset.id}
      versionId={base.id}
      draftKey={`${dataset.id}.${example.id}`}
      initial={example.body}
      toChange={(body) => ({ kind: 'edit', id: example.id, body })}
      saveLabel="Save"
      pending={pending}
      onClose={onClose}
      onSave={async (change) => {
        const made = await apply(change);
        if (made) onSaved(made.versionId);
        return made !== null;
      }}
    >
      {conflict && <ConflictNotice newest={conflict} onMoveOn={moveOn} />}
      {error && <ErrorPanel title="The example was not saved" error={error} />}
    </ExampleEditor>
  );
}
