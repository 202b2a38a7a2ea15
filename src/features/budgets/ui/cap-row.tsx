'use client';

import { Ellipsis } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu';
import { ProgressBar } from '@/components/ui/progress-bar';
import { toast } from '@/components/ui/toast';
import { formatMoney } from '@/lib/money';
import { trpc } from '@/trpc/client';
import type { Budget } from '../budget.schema';
import { breachWords, periodWords, scopeWords } from './cap-words';

const CapDialog = dynamic(() => import('./cap-dialog').then((file) => file.CapDialog), { ssr: false });

const NEAR = 0.8;

export function CapRow({ budget, manages }: { budget: Budget; manages: boolean }) {
  const used = budget.spent + budget.held;
  const ratio = budget.limit > 0n ? Number((used * 1000n) / budget.limit) / 1000 : 1;
  const tone = ratio >= 1 ? 'bad' : ratio >= NEAR ? 'warn' : 'accent';
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium">{budget.name}</span>
          <span className="text-muted text-sm">
            {scopeWords[budget.scope]}, {periodWords[budget.period]}
          </span>
          {!budget.active && <Badge>off</Badge>}
        </div>
        <div className="flex items-center gap-2">
          <span className="text-sm">
            {formatMoney(used)} of {formatMoney(budget.limit)}
          </span>
          {manages && <CapMenu budget={budget} />}
        </div>
      </div>
      <ProgressBar className="mt-1.5" label={`${budget.name}, used`} value={ratio} tone={tone}>
        {ratio >= 1 ? 'Reached. ' : ''}
        {budget.held > 0n && `${formatMoney(budget.held)} of it is held by running jobs. `}
        {breachWords[budget.onBreach].hint}.
      </ProgressBar>
    </li>
  );
}

function CapMenu({ budget }: { budget: Budget }) {
  const utils = trpc.useUtils();
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const refresh = () => utils.budgets.summary.invalidate();
  const update = trpc.budgets.update.useMutation({
    onSuccess: refresh,
    onError: (error) => toast.error(error.message),
  });
  const remove = trpc.budgets.delete.useMutation({ onSuccess: refresh });
  return (
    <>
      <DropdownMenu
        trigger={
          <Button variant="ghost" size="sm" className="w-7 px-0" aria-label={`More for ${budget.name}`}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => setOpen('edit')}>Edit</MenuItem>
        <MenuItem onSelect={() => update.mutate({ id: budget.id, active: !budget.active })}>
          {budget.active ? 'Switch off' : 'Switch on'}
        </MenuItem>
        <MenuItem tone="danger" onSelect={() => setOpen('delete')}>
          Delete
        </MenuItem>
      </DropdownMenu>
      {open === 'edit' && <CapDialog budget={budget} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        title={`Delete ${budget.name}?`}
        confirmLabel="Delete cap"
        open={open === 'delete'}
        onOpenChange={(next) => !next && setOpen(null)}
        onConfirm={() => remove.mutateAsync({ id: budget.id })}
      >
        <p>From then on it stops nothing. The ledger keeps what was spent under it.</p>
      </ConfirmDialog>
    </>
  );
}
