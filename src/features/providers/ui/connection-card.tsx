'use client';

import { Ellipsis, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu';
import { KeyValues } from '@/components/ui/key-values';
import { RelativeTime } from '@/components/ui/relative-time';
import { StatusBadge } from '@/components/ui/status-badge';
import { toast } from '@/components/ui/toast';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { ConnectionSummary } from '../provider.schema';
import { ConnectionDialog } from './connection-dialog';
import { healthWords, kindLabels } from './connection-words';

export function ConnectionCard({ connection }: { connection: ConnectionSummary }) {
  const utils = trpc.useUtils();
  const check = trpc.providers.check.useMutation({
    onSuccess: () => Promise.all([utils.providers.list.invalidate(), utils.providers.baseModels.invalidate()]),
    onError: (error) => toast.error(error.message),
  });
  const manages = useMay('providers:manage');
  const { tone, text } = healthWords[connection.health];
  return (
    <section aria-label={connection.label} className="flex h-full flex-col rounded-lg border bg-raised p-4">
      <header className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="truncate font-semibold text-lg">{connection.label}</h2>
          <p className="text-muted text-sm">{kindLabels[connection.kind]}</p>
        </div>
        <div className="flex items-center gap-1">
          <StatusBadge tone={tone}>{text}</StatusBadge>
          {manages && connection.kind !== 'builtin' && <ConnectionMenu connection={connection} />}
        </div>
      </header>
      {connection.healthMessage !== null && connection.health !== 'healthy' && (
        <p className="mt-2 text-muted">{connection.healthMessage}</p>
      )}
      <KeyValues
        className="mt-3 flex-1"
        items={[
          ['Address', connection.baseUrl && <span className="break-all font-mono text-xs">{connection.baseUrl}</span>],
          ['Key', connection.secretHint && <code className="font-mono text-xs">{connection.secretHint}</code>],
          ['Base models', formatCount(connection.baseModelCount)],
          ['Cost', connection.free ? 'free by nature' : 'by the price table'],
        ]}
      />
      <footer className="mt-3 flex items-center justify-between gap-2">
        <span className="text-muted text-sm">
          {connection.lastCheckedAt ? (
            <>
              checked <RelativeTime date={connection.lastCheckedAt} />
            </>
          ) : (
            'never checked'
          )}
        </span>
        {manages && (
          <Button size="sm" pending={check.isPending} onClick={() => check.mutate({ id: connection.id })}>
            <RefreshCw aria-hidden />
            Check now
          </Button>
        )}
      </footer>
    </section>
  );
}

function ConnectionMenu({ connection }: { connection: ConnectionSummary }) {
  const utils = trpc.useUtils();
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const remove = trpc.providers.delete.useMutation({
    onSuccess: () => Promise.all([utils.providers.list.invalidate(), utils.providers.baseModels.invalidate()]),
  });
  return (
    <>
      <DropdownMenu
        trigger={
          <Button variant="ghost" size="sm" className="w-7 px-0" aria-label={`More for ${connection.label}`}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => setOpen('edit')}>Edit</MenuItem>
        <MenuItem tone="danger" onSelect={() => setOpen('delete')}>
          Delete
        </MenuItem>
      </DropdownMenu>
      {open === 'edit' && <ConnectionDialog connection={connection} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        title={`Delete ${connection.label}?`}
        confirmLabel="Delete provider"
        open={open === 'delete'}
        onOpenChange={(next) => !next && setOpen(null)}
        onConfirm={() => remove.mutateAsync({ id: connection.id })}
      >
        <p>
          Its key is erased here. Models trained there and agents that call them can no longer be reached through
          Tuneloop; at the provider nothing is deleted.
        </p>
      </ConfirmDialog>
    </>
  );
}
