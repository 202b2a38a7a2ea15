'use client';

import dynamic from 'next/dynamic';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { DatasetDetail } from '../dataset.schema';

const RenameDatasetForm = dynamic(() => import('./rename-dataset-form').then((file) => file.RenameDatasetForm), {
  loading: () => <Skeleton className="h-56" />,
});

interface RenameDatasetProps {
  dataset: DatasetDetail;
  open: boolean;
  onClose: () => void;
}

export function RenameDataset({ dataset, open, onClose }: RenameDatasetProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="Rename and describe"
      description="Jobs and models point at versions, so nothing breaks by another name."
    >
      {open && <RenameDatasetForm dataset={dataset} onClose={onClose} />}
    </Dialog>
  );
}
