'use client';

import { Ban, KeyRound } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DataTable } from '@/components/ui/data-table';
import type { DataColumn } from '@/components/ui/data-table-column';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { IconButton } from '@/components/ui/icon-button';
import { RelativeTime } from '@/components/ui/relative-time';
import { StatusBadge } from '@/components/ui/status-badge';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { ApiKeySummary } from '../workspace.schema';
import { CreateKeyDialog } from './create-key-dialog';
import { keyNote } from './key-words';

export function ApiKeysPanel() {
  const manages = useMay('keys:manage');
  const keys = trpc.workspaces.apiKeys.useInfiniteQuery({ limit: 50 }, { getNextPageParam: (page) => page.nextCursor });
  if (keys.error) {
    return <ErrorPanel title="API keys could not be loaded" error={keys.error} onRetry={() => void keys.refetch()} />;
  }
  const create = manages ? <CreateKeyDialog /> : undefined;
  return (
    <Card flush title="API keys" actions={create}>
      <DataTable
        label="API keys"
        rows={keys.data?.pages.flatMap((page) => page.items)}
        columns={manages ? [...columns, revokeColumn] : columns}
        rowId={(key) => key.id}
        expected={3}
        empty={
          <EmptyState icon={<KeyRound />}>
            Other programs call agents and the API with a key of this workspace. There is none yet.
          </EmptyState>
        }
        more={{
          available: keys.hasNextPage,
          pending: keys.isFetchingNextPage,
          onMore: () => void keys.fetchNextPage(),
        }}
      />
    </Card>
  );
}

const columns: DataColumn<ApiKeySummary>[] = [
  { id: 'name', header: 'Name', cell: (key) => <span className="font-medium">{key.name}</span> },
  { id: 'prefix', header: 'Key', narrow: 'value', cell: (key) => <code className="font-mono">{key.prefix}…</code> },
  {
    id: 'role',
    header: 'May do what a',
    cell: (key) => <Badge>{key.status === 'active' ? key.mayAs : key.role}</Badge>,
  },
  {
    id: 'maker',
    header: 'Acts for',
    cell: (key) => key.maker ?? <span className="text-faint">nobody: made on the machine</span>,
  },
  {
    id: 'used',
    header: 'Last used',
    narrow: 'value',
    cell: (key) =>
      key.lastUsedAt ? <RelativeTime date={key.lastUsedAt} /> : <span className="text-faint">never</span>,
  },
  { id: 'created', header: 'Created', cell: (key) => <RelativeTime date={key.createdAt} /> },
  { id: 'status', header: 'Status', narrow: 'value', cell: (key) => <KeyState apiKey={key} /> },
];

const STATE = {
  active: { tone: 'good', word: 'active' },
  revoked: { tone: 'bad', word: 'revoked' },
  stopped: { tone: 'bad', word: 'stopped working' },
} as const;

function KeyState({ apiKey }: { apiKey: ApiKeySummary }) {
  const { tone, word } = STATE[apiKey.status];
  const note = keyNote(apiKey);
  return (
    <>
      <StatusBadge tone={tone}>{word}</StatusBadge>
      {note !== null && <span className="block text-muted text-xs">{note}</span>}
    </>
  );
}

const revokeColumn: DataColumn<ApiKeySummary> = {
  id: 'revoke',
  header: <span className="sr-only">Revoke</span>,
  narrow: 'value',
  interactive: true,
  align: 'right',
  width: '56px',
  cell: (key) => (key.status === 'active' ? <RevokeKey apiKey={key} /> : null),
};

function RevokeKey({ apiKey }: { apiKey: ApiKeySummary }) {
  const utils = trpc.useUtils();
  const revoke = trpc.workspaces.revokeApiKey.useMutation({ onSuccess: () => utils.workspaces.apiKeys.invalidate() });
  return (
    <ConfirmDialog
      title={`Revoke ${apiKey.name}?`}
      confirmLabel="Revoke key"
      onConfirm={() => revoke.mutateAsync({ id: apiKey.id })}
      trigger={
        <IconButton size="sm" label={`Revoke ${apiKey.name}`}>
          <Ban />
        </IconButton>
      }
    >
      <p>
        Every program that uses <code className="font-mono">{apiKey.prefix}…</code> gets status 401 from the next call
        on. This cannot be undone; make a new key first if something still needs one.
      </p>
    </ConfirmDialog>
  );
}
