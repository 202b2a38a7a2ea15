'use client';

import { Archive, ArchiveRestore, Ellipsis, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DropdownMenu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { ModelDetail } from '../model.schema';

/** Retire, take back, delete. */
export function ModelMenu({ model }: { model: ModelDetail }) {
  const [deleting, setDeleting] = useState(false);
  const router = useRouter();
  const utils = trpc.useUtils();
  const update = trpc.models.update.useMutation({
    onSuccess: (next) => {
      utils.models.get.setData({ id: model.id }, next);
      void utils.models.list.invalidate();
      toast.success(next.status === 'retired' ? `${model.label} is retired` : `${model.label} is ready again`);
    },
    onError: (error) => toast.error(error.message),
  });
  const remove = trpc.models.delete.useMutation();
  const writes = useMay('models:write');

  async function confirmDelete() {
    await remove.mutateAsync({ id: model.id });
    toast.success(`${model.label} was deleted`);
    await utils.models.list.invalidate();
    router.push('/dashboard/fine-tuning/models');
  }

  if (!writes) return null;
  const retired = model.status === 'retired';
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={
          <IconButton label="More actions" variant="secondary">
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem
          icon={retired ? <ArchiveRestore /> : <Archive />}
          disabled={model.status === 'evaluating' || update.isPending}
          onSelect={() => update.mutate({ id: model.id, status: retired ? 'ready' : 'retired' })}
        >
          {retired ? 'Take back into use' : 'Retire'}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} tone="danger" onSelect={() => setDeleting(true)}>
          Delete…
        </MenuItem>
      </DropdownMenu>
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${model.label}?`}
        confirmLabel="Delete model"
        onConfirm={confirmDelete}
      >
        <p>It disappears from Tuneloop. The provider keeps its copy, and its job and dataset stay here.</p>
        {model.usedBy.some((agent) => agent.active) && (
          <p className="text-warn">
            {model.usedBy
              .filter((agent) => agent.active)
              .map((agent) => agent.slug)
              .join(', ')}{' '}
            answers with it: activate another release there first.
          </p>
        )}
      </ConfirmDialog>
    </>
  );
}
