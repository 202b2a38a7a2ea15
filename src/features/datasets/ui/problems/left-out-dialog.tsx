'use client';

import { PencilLine } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Dialog } from '@/components/ui/dialog';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import type { DatasetDetail, ValidationReport, VersionSummary } from '../../dataset.schema';
import { type RowInFile, rowName } from '../../left-out.rules';

const AddDialog = dynamic(() => import('../change/add-dialog').then((file) => file.AddDialog), { ssr: false });

interface LeftOutDialogProps {
  dataset: DatasetDetail;
  /** The one that leaves the row out. */
  version: VersionSummary;
  file: NonNullable<ValidationReport['file']>;
  row: RowInFile;
  /** Null: nothing can be added here. */
  addTo: VersionSummary | null;
  onClose: () => void;
}

/** A row that an import left out, as it stands in its file, and the way to add it set right. */
export function LeftOutDialog({ dataset, version, file, row, addTo, onClose }: LeftOutDialogProps) {
  const [adding, setAdding] = useState(false);
  const { line, element } = row;
  const ref = { datasetId: dataset.id, versionId: version.id, line, ...(element && { element }) };
  const query = trpc.datasets.leftOutRow.useQuery(ref, { staleTime: Number.POSITIVE_INFINITY, retry: false });
  const found = query.data;
  if (adding && addTo && found) {
    // Only a chat row can be set right as it is; another one is written anew beside what stood in the file.
    const source = file.format.kind === 'chat' ? { initial: found.text } : { beside: inFile(found) };
    return <AddDialog dataset={dataset} version={addTo} row={row} {...source} onClose={onClose} />;
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      title={`${rowName(row)} of ${file.name}`}
      description={`It has an error, so no example was made of it.${element && found ? ` It begins on line ${formatCount(found.startsOn)}.` : ''}`}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          {addTo && (
            <Button variant="primary" disabled={!found?.isWhole} onClick={() => setAdding(true)}>
              <PencilLine aria-hidden />
              Set right and add
            </Button>
          )}
        </>
      }
    >
      {query.error ? (
        <ErrorPanel title="The row could not be shown" error={query.error} onRetry={() => void query.refetch()} />
      ) : found ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2 pb-1">
          <CodeBlock title="As it stands in the file" code={inFile(found)} wrap maxHeight={24} />
          {!found.isWhole && (
            <p className="text-muted text-sm">
              This is only its beginning. Download the rows left out to see all of it.
            </p>
          )}
        </div>
      ) : (
        <Skeleton className="h-40" />
      )}
    </Dialog>
  );
}

const inFile = ({ header, text }: { header: string | null; text: string }): string =>
  header === null ? text : `${header}\n${text}`;
