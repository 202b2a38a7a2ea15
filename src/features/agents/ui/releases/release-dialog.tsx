'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { AgentDetail } from '../../agent.schema';

const ReleaseForm = dynamic(() => import('./release-form').then((file) => file.ReleaseForm), {
  loading: () => <Skeleton className="h-96" />,
});

export function ReleaseDialog({ agent, trigger }: { agent: AgentDetail; trigger: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      title={`New release of ${agent.name}`}
      description="It answers from the next call on. You can roll back at any time."
      size="lg"
    >
      <ReleaseForm agent={agent} onDone={() => setOpen(false)} />
    </Dialog>
  );
}
