'use client';

import { useRouter } from 'next/navigation';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import type { JobDetail } from '../../job.schema';

interface DeleteJobProps {
  job: JobDetail;
  open: boolean;
  onClose: () => void;
}

export function DeleteJob({ job, open, onClose }: DeleteJobProps) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const remove = trpc.jobs.delete.useMutation({
    onSuccess: () => {
      toast.success(`${job.name} is deleted`);
      router.push('/dashboard/fine-tuning/jobs');
      void utils.jobs.list.invalidate();
    },
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`Delete ${job.name}?`}
      confirmLabel="Delete job"
      onConfirm={() => remove.mutateAsync({ id: job.id })}
    >
      <p>
        {job.model
          ? `${job.model.name} came out of it and would lose its lineage: delete the model first.`
          : 'Its curve, events and settings will be gone. What it cost stays in the ledger.'}
      </p>
    </ConfirmDialog>
  );
}
