'use client';

import { TrpcProvider } from '@/trpc/client';
import { NewWorkspaceDialog } from '../dashboard/_shell/new-workspace-dialog';

export function FirstWorkspace({ onClose }: { onClose: () => void }) {
  return (
    <TrpcProvider>
      <NewWorkspaceDialog
        open
        onOpenChange={(open) => !open && onClose()}
        onCreated={() => window.location.assign('/dashboard/fine-tuning')}
      />
    </TrpcProvider>
  );
}
