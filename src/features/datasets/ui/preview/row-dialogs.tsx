'use client';

import dynamic from 'next/dynamic';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import type { RowTask } from './use-row-work';

const BulkDialog = dynamic(() => import('../change/bulk-dialog').then((file) => file.BulkDialog), { ssr: false });
const AddDialog = dynamic(() => import('../change/add-dialog').then((file) => file.AddDialog), { ssr: false });

interface RowDialogsProps {
  dataset: DatasetDetail;
  version: VersionSummary;
  task: RowTask;
  onClose: () => void;
}

/** The dialog of what was begun, fetched when it is first needed. */
export function RowDialogs({ task, ...rest }: RowDialogsProps) {
  return task.kind === 'add' ? <AddDialog {...rest} /> : <BulkDialog task={task} {...rest} />;
}
