'use client';

import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import type { DataColumn } from '@/components/ui/data-table-column';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { MemberSummary } from '../workspace.schema';
import { AddMemberDialog } from './add-member-dialog';
import { RemoveMember } from './remove-member';
import { RoleSelect } from './role-select';

export function MembersPanel() {
  const members = trpc.workspaces.members.useQuery();
  const manages = useMay('members:manage');
  if (members.error) {
    return (
      <ErrorPanel title="Members could not be loaded" error={members.error} onRetry={() => void members.refetch()} />
    );
  }
  return (
    <Card flush title="Members" actions={manages ? <AddMemberDialog /> : undefined}>
      <DataTable
        label="Members"
        rows={members.data}
        columns={manages ? [...columns, roleColumn, removeColumn] : [...columns, plainRoleColumn]}
        rowId={(member) => member.id}
        expected={2}
        empty={<EmptyState>Nobody is here yet.</EmptyState>}
      />
    </Card>
  );
}

const columns: DataColumn<MemberSummary>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: (member) => (
      <>
        <span className="font-medium">{member.name ?? member.email}</span>
        {member.name !== null && <span className="ml-2 break-all text-muted">{member.email}</span>}
      </>
    ),
  },
  { id: 'since', header: 'Member since', narrow: 'value', cell: (member) => <RelativeTime date={member.createdAt} /> },
];

const plainRoleColumn: DataColumn<MemberSummary> = {
  id: 'role',
  header: 'Role',
  narrow: 'value',
  cell: (member) => <Badge>{member.role}</Badge>,
};

const roleColumn: DataColumn<MemberSummary> = {
  id: 'role',
  header: 'Role',
  narrow: 'value',
  interactive: true,
  width: '160px',
  cell: (member) => <MemberRole member={member} />,
};

const removeColumn: DataColumn<MemberSummary> = {
  id: 'remove',
  header: <span className="sr-only">Remove</span>,
  narrow: 'value',
  interactive: true,
  align: 'right',
  width: '56px',
  cell: (member) => <RemoveMember member={member} />,
};

function MemberRole({ member }: { member: MemberSummary }) {
  const utils = trpc.useUtils();
  const update = trpc.workspaces.updateMember.useMutation({
    onSuccess: () => Promise.all([utils.workspaces.members.invalidate(), utils.workspaces.me.invalidate()]),
    onError: (error) => toast.error(error.message),
  });
  return (
    <RoleSelect
      size="sm"
      aria-label={`Role of ${member.email}`}
      value={update.isPending ? update.variables.role : member.role}
      disabled={update.isPending}
      onValueChange={(role) => role !== member.role && update.mutate({ id: member.id, role })}
    />
  );
}
