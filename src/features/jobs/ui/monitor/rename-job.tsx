'use client';

import dynamic from 'next/dynamic';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { JobDetail } from '../../job.schema';

const RenameJobForm = dynamic(() => import('./rename-job-form').then((file) => file.RenameJobForm), {
  loading: () => <Skeleton className="h-24" />,
});

interface RenameJobProps {
  job: JobDetail;
  open: boolean;
  onClose: () => void;
}

export function RenameJob({ job, open, onClose }: RenameJobProps) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={`Rename ${job.name}`} size="sm">
      {open && <RenameJobForm job={job} onClose={onClose} />}
    </Dialog>
  );
}
