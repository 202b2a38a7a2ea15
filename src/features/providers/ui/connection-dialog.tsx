'use client';

import dynamic from 'next/dynamic';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { ConnectionSummary } from '../provider.schema';
import { useConnectionMutations } from './use-connection-mutations';

const loading = () => <Skeleton className="h-64" />;
const CreateConnectionForm = dynamic(
  () => import('./create-connection-form').then((file) => file.CreateConnectionForm),
  { loading },
);
const UpdateConnectionForm = dynamic(
  () => import('./update-connection-form').then((file) => file.UpdateConnectionForm),
  { loading },
);

interface ConnectionDialogProps {
  /** Null = a new one. */
  connection: ConnectionSummary | null;
  onClose: () => void;
}

export function ConnectionDialog({ connection, onClose }: ConnectionDialogProps) {
  const { create, update } = useConnectionMutations(onClose);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={connection ? `Edit ${connection.label}` : 'Add provider'}
      description="The key is encrypted before it is stored, and never shown again."
      footer={
        <Button variant="primary" type="submit" form="connection" pending={create.isPending || update.isPending}>
          {connection ? 'Save' : 'Add and check'}
        </Button>
      }
    >
      {connection ? (
        <UpdateConnectionForm connection={connection} update={update} />
      ) : (
        <CreateConnectionForm create={create} />
      )}
    </Dialog>
  );
}
