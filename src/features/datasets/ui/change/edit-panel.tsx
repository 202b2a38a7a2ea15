'use client';

import { Button } from '@/components/ui/button';
import { ErrorPanel } from '@/components/ui/error-panel';
import type { DatasetDetail, ExampleDetail, VersionSummary } from '../../dataset.schema';
import { ConflictNotice } from './conflict-notice';
import { ExampleEditor } from './example-editor';
import { MeanwhileNotice } from './meanwhile-notice';
import { useRowEdit } from './use-row-edit';

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
  const edit = useRowEdit({ dataset, version, example, onSaved });
  const { base, begun, meanwhile, setAside, conflict, error } = edit;
  return (
    <ExampleEditor
      // Another text to begin with is another editor.
      key={`${begun.row.id} ${begun.start === undefined}`}
      datasetId={dataset.id}
      versionId={base.id}
      draftKey={`${dataset.id}.${begun.row.id}`}
      initial={begun.row.body}
      start={begun.start}
      toChange={edit.toChange}
      saveLabel={!edit.isThere ? 'Add as a new row' : meanwhile?.differs ? 'Save yours over it' : 'Save'}
      pending={edit.pending}
      onClose={onClose}
      onSave={edit.save}
    >
      {(written) => (
        <>
          {setAside !== null && (
            <p className="flex flex-wrap items-center gap-2 text-muted text-sm">
              This is the text of v{base.number}. Yours was set aside.
              <Button size="sm" variant="ghost" onClick={edit.takeBack}>
                Back to yours
              </Button>
            </p>
          )}
          {meanwhile && <MeanwhileNotice meanwhile={meanwhile} written={written} onTake={edit.take} />}
          {conflict && <ConflictNotice newest={conflict} onMoveOn={() => void edit.moveOn()} />}
          {error && <ErrorPanel title="The example was not saved" error={error} />}
        </>
      )}
    </ExampleEditor>
  );
}
