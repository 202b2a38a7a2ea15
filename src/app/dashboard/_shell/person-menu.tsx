'use client';

import { CircleUser, ExternalLink, Keyboard, LogOut, SlidersHorizontal } from 'lucide-react';
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { trpc } from '@/trpc/client';
import { MenuTrigger } from './menu-trigger';

export function PersonMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { data: me } = trpc.workspaces.me.useQuery();
  return (
    <DropdownMenu
      align="start"
      side="top"
      trigger={
        <MenuTrigger label="You" start={<CircleUser aria-hidden />}>
          {me?.user.name ?? me?.user.email ?? 'You'}
        </MenuTrigger>
      }
    >
      <MenuLabel>
        {me?.user.email}
        {me?.role && ` · ${me.role}`}
      </MenuLabel>
      <MenuItem icon={<SlidersHorizontal aria-hidden />} href="/dashboard/settings">
        Settings
      </MenuItem>
      <MenuItem icon={<Keyboard aria-hidden />} hint="?" onSelect={onShortcuts}>
        Keyboard shortcuts
      </MenuItem>
      <MenuItem
        icon={<ExternalLink aria-hidden />}
        onSelect={() => window.open('/api/openapi.json', '_blank', 'noopener')}
      >
        API description
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void signOut()}>
        Sign out
      </MenuItem>
    </DropdownMenu>
  );
}

/** The library of the sign-in comes when it is needed: pages behind the sign-in want nothing else of it. */
async function signOut(): Promise<void> {
  const client = await import('next-auth/react');
  await client.signOut({ callbackUrl: '/login' });
}
