import { UserMinus } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { trpc } from '@/trpc/client';
import type { MemberSummary } from '../workspace.schema';
import { removalWords } from './key-words';

/** Says which keys stop with the membership before it can be confirmed. */
export function RemoveMember({ member }: { member: MemberSummary }) {
  const utils = trpc.useUtils();
  const [open, setOpen] = useState(false);
  const keys = trpc.workspaces.keysOfMember.useQuery({ id: member.id }, { enabled: open, staleTime: 0 });
  const known = keys.isSuccess && !keys.isFetching;
  const remove = trpc.workspaces.removeMember.useMutation({
    onSuccess: () => Promise.all([utils.workspaces.members.invalidate(), utils.workspaces.apiKeys.invalidate()]),
  });
  return (
    <ConfirmDialog
      title={`Remove ${member.email}?`}
      confirmLabel="Remove member"
      open={open}
      onOpenChange={setOpen}
      ready={known}
      onConfirm={() => remove.mutateAsync({ id: member.id })}
      trigger={
        <IconButton size="sm" label={`Remove ${member.email}`}>
          <UserMinus />
        </IconButton>
      }
    >
      <p>They lose access to this workspace at once. What they made stays.</p>
      <p aria-live="polite">
        {known && removalWords(keys.data)}
        {keys.isFetching && 'Looking up the API keys that act for them…'}
        {keys.error &&
          !keys.isFetching &&
          `Their API keys could not be looked up: ${keys.error.message} Close this and try again.`}
      </p>
    </ConfirmDialog>
  );
}
