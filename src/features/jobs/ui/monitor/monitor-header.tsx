'use client';

import { CircleStop, Copy, Ellipsis, GitCompareArrows, Pencil, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { DropdownMenu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { PageHeader } from '@/components/ui/page-header';
import { formatCount } from '@/lib/format';
import { useMay } from '@/trpc/use-may';
import { isEnded } from '../../job.rules';
import type { JobDetail, MetricPoint } from '../../job.schema';
import { cloneHref } from '../clone-link';
import { JobStatusBadge } from '../job-status';
import { CancelJob } from './cancel-job';
import { DeleteJob } from './delete-job';
import { RenameJob } from './rename-job';

interface MonitorHeaderProps {
  job: JobDetail;
  points: readonly MetricPoint[];
}

export function MonitorHeader({ job, points }: MonitorHeaderProps) {
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null);
  const close = () => setOpen(null);
  const launches = useMay('jobs:launch');
  const ended = isEnded(job.status);
  return (
    <>
      <PageHeader
        title={job.name}
        badge={<JobStatusBadge status={job.status} stalled={job.stalled} />}
        summary={placeOf(job, points)}
        actions={
          <>
            <DropdownMenu
              trigger={
                <IconButton label="More actions" variant="secondary">
                  <Ellipsis />
                </IconButton>
              }
            >
              {launches && (
                <MenuItem icon={<Pencil />} onSelect={() => setOpen('rename')}>
                  Rename
                </MenuItem>
              )}
              <MenuItem icon={<GitCompareArrows />} href={`/dashboard/fine-tuning/jobs/compare?ids=${job.id}`}>
                Compare with others
              </MenuItem>
              {launches && (
                <>
                  <MenuSeparator />
                  <MenuItem icon={<Trash2 />} tone="danger" disabled={!ended} onSelect={() => setOpen('delete')}>
                    Delete
                  </MenuItem>
                </>
              )}
            </DropdownMenu>
            {launches && (
              <Button asChild>
                <Link href={cloneHref(job)}>
                  <Copy aria-hidden />
                  Clone
                </Link>
              </Button>
            )}
            {launches && !ended && (
              <CancelJob job={job}>
                <Button disabled={job.status === 'cancelling'}>
                  <CircleStop aria-hidden />
                  {job.status === 'cancelling' ? 'Cancelling' : 'Cancel'}
                </Button>
              </CancelJob>
            )}
          </>
        }
      />
      <RenameJob job={job} open={open === 'rename'} onClose={close} />
      <DeleteJob job={job} open={open === 'delete'} onClose={close} />
    </>
  );
}

/** "tiny-chat-1 on support-tickets v4 · epoch 2 of 3 · step 148 of 310" */
function placeOf(job: JobDetail, points: readonly MetricPoint[]): string {
  const epoch = points.findLast((point) => point.epoch !== null)?.epoch ?? null;
  const { epochs } = job.hyperparameters;
  const parts = [
    `${job.baseModel} on ${job.dataset.name} v${job.dataset.version}`,
    epoch === null || isEnded(job.status)
      ? null
      : `epoch ${formatCount(Math.max(1, Math.ceil(epoch)))}${epochs === 'auto' ? '' : ` of ${epochs}`}`,
    job.lastStep === 0
      ? null
      : `step ${formatCount(job.lastStep)}${job.totalSteps === null ? '' : ` of ${formatCount(job.totalSteps)}`}`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
