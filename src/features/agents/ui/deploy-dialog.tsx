'use client';

import dynamic from 'next/dynamic';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';

const DeployForm = dynamic(() => import('./deploy-form').then((file) => file.DeployForm), {
  loading: () => <Skeleton className="h-32" />,
});

interface DeployDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDeploy: (slug: string) => Promise<unknown>;
}

export function DeployDialog({ open, onOpenChange, onDeploy }: DeployDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Deploy to a new agent">
      <DeployForm onDeploy={onDeploy} onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}
