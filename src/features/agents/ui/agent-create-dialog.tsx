'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';

const AgentCreateForm = dynamic(() => import('./agent-create-form').then((file) => file.AgentCreateForm), {
  loading: () => <Skeleton className="h-56" />,
});

export function AgentCreateDialog({ trigger }: { trigger: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      title="New agent"
      description="A name that stays, and what answers behind it."
      size="lg"
    >
      <AgentCreateForm onCancel={() => setOpen(false)} />
    </Dialog>
  );
}
