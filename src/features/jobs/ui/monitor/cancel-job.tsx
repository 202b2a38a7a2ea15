'use client';

import type { ReactNode } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { formatCount } from '@/lib/format';
import { formatMoney } from '@/lib/money';
import { trpc } from '@/trpc/client';
import type { JobDetail } from '../../job.schema';

export function CancelJob({ job, children }: { job: JobDetail; children: ReactNode }) {
  const utils = trpc.useUtils();
  const cancel = trpc.jobs.cancel.useMutation({
    onSuccess: () => utils.jobs.list.invalidate(),
  });
  return (
    <ConfirmDialog
      trigger={children}
      title={`Cancel ${job.name}?`}
      confirmLabel="Cancel job"
      onConfirm={() => cancel.mutateAsync({ id: job.id })}
    >
      <p>
        {job.lastStep > 0
          ? `It has done ${formatCount(job.lastStep)} ${job.totalSteps === null ? 'steps' : `of ${formatCount(job.totalSteps)} steps`}. `
          : 'It has not begun to train. '}
        No model will come out of it.
      </p>
      <p>{consequence(job)}</p>
    </ConfirmDialog>
  );
}

function consequence({ cost, held, estimate }: JobDetail): string {
  if (estimate?.free) return 'Nothing is charged.';
  const rest = held > cost ? ` The rest of the ${formatMoney(held)} reserved for it becomes free again.` : '';
  return `What was trained until then is charged: ${formatMoney(cost)} so far.${rest}`;
}
