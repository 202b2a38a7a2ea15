'use client';

import { Check, ChevronsUpDown, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { trpc } from '@/trpc/client';
import { chooseWorkspace } from './choose-workspace';
import { MenuTrigger } from './menu-trigger';

const NewWorkspaceDialog = dynamic(() => import('./new-workspace-dialog').then((file) => file.NewWorkspaceDialog), {
  ssr: false,
});

export function WorkspaceMenu() {
  const [creating, setCreating] = useState(false);
  const { data: me } = trpc.workspaces.me.useQuery();
  const current = me?.workspaces.find((one) => one.id === me.workspaceId);
  return (
    <>
      <DropdownMenu
        align="start"
        side="top"
        trigger={
          <MenuTrigger label="Workspace" end={<ChevronsUpDown aria-hidden />}>
            {current?.name ?? 'Workspace'}
          </MenuTrigger>
        }
      >
        <MenuLabel>Workspaces</MenuLabel>
        {me?.workspaces.map((one) => (
          <MenuItem
            key={one.id}
            onSelect={() => void goTo(one.id)}
            hint={one.id === me.workspaceId ? <Check aria-label="current" className="size-4" /> : one.role}
          >
            {one.name}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem icon={<Plus aria-hidden />} onSelect={() => setCreating(true)}>
          New workspace
        </MenuItem>
      </DropdownMenu>
      {creating && <NewWorkspaceDialog open onOpenChange={setCreating} onCreated={(id) => void goTo(id)} />}
    </>
  );
}

/** A whole new page load: nothing that was read in the other workspace may stay in memory. */
async function goTo(id: string): Promise<void> {
  await chooseWorkspace(id);
  window.location.assign('/dashboard/fine-tuning');
}
