'use client';

import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';

/** Saving a connection changes the list and what can be trained on; both are read again. */
export function useConnectionMutations(onSaved: () => void) {
  const utils = trpc.useUtils();
  async function saved(connection: { label: string }) {
    onSaved();
    toast.success(`${connection.label} is saved.`);
    await Promise.all([utils.providers.list.invalidate(), utils.providers.baseModels.invalidate()]);
  }
  const create = trpc.providers.create.useMutation({ onSuccess: saved });
  const update = trpc.providers.update.useMutation({ onSuccess: saved });
  return { create, update };
}

export type ConnectionMutations = ReturnType<typeof useConnectionMutations>;
