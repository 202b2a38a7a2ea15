'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { toast } from '@/components/ui/toast';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import type { DatasetDetail } from '../dataset.schema';

interface DeleteDatasetProps {
  dataset: DatasetDetail;
  open: boolean;
  onClose: () => void;
}

const SHOWN = 5;

/** Says what depends on it before anything is deleted; what jobs were trained on stays. */
export function DeleteDataset({ dataset, open, onClose }: DeleteDatasetProps) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const remove = trpc.datasets.delete.useMutation({
    onSuccess: () => {
      toast.success(`${dataset.name} is deleted`);
      router.push('/dashboard/fine-tuning/datasets');
      void utils.datasets.list.invalidate();
    },
  });
  const change = (next: boolean) => {
    if (!next) onClose();
  };
  if (dataset.usedBy.length > 0) {
    return (
      <Dialog
        open={open}
        onOpenChange={change}
        title={`${dataset.name} cannot be deleted yet`}
        description="Jobs were trained on it, and a job without its data could not be explained or repeated. Delete those jobs (and their models) first."
        footer={<Button onClick={onClose}>Close</Button>}
      >
        <ul className="space-y-1">
          {dataset.usedBy.slice(0, SHOWN).map((job) => (
            <li key={job.id}>
              <Link href={`/dashboard/fine-tuning/jobs/${job.id}`} className="text-accent hover:underline">
                {job.name}
              </Link>{' '}
              <span className="text-muted">
                {job.status} · on v{job.version}
              </span>
            </li>
          ))}
          {dataset.usedBy.length > SHOWN && (
            <li className="text-muted">and {formatCount(dataset.usedBy.length - SHOWN)} more</li>
          )}
        </ul>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={change}
      title={`Delete ${dataset.name}?`}
      confirmLabel="Delete dataset"
      onConfirm={() => remove.mutateAsync({ id: dataset.id })}
    >
      <p>
        {dataset.versions === 1 ? 'Its one version' : `All ${formatCount(dataset.versions)} versions`} with{' '}
        {formatCount(dataset.version.rows)} examples in the current one, and the uploaded files, will be gone. No job
        was trained on it.
      </p>
    </ConfirmDialog>
  );
}
