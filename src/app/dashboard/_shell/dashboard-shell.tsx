'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { AppFrame } from '@/components/layout/app-frame';
import { CrumbNameProvider } from '@/components/layout/crumb-name';
import { trpc } from '@/trpc/client';
import { BrandMark } from '../../brand-mark';
import { PersonMenu } from './person-menu';
import { places } from './places';
import { activeJobsInput } from './shell-queries';
import { SignedOut } from './signed-out';
import { TopBar } from './top-bar';
import { useShortcuts } from './use-shortcuts';
import { WorkspaceMenu } from './workspace-menu';

const CommandPalette = dynamic(() => import('./command-palette').then((file) => file.CommandPalette), { ssr: false });
const ShortcutList = dynamic(() => import('./shortcut-list').then((file) => file.ShortcutList), { ssr: false });

export type Overlay = 'palette' | 'shortcuts' | null;

/** Everything around a page: where one is, where one can go, what is running. */
export function DashboardShell({ children }: { children: ReactNode }) {
  const [overlay, setOverlay] = useState<Overlay>(null);
  const jobs = trpc.jobs.list.useQuery(activeJobsInput);
  const { data: me } = trpc.workspaces.me.useQuery();
  useShortcuts(setOverlay);
  const items = places
    .filter((place) => place.hidden !== true && (place.needs === undefined || me?.permissions.includes(place.needs)))
    .map((place) => (place.label === 'Jobs' ? { ...place, count: jobs.data?.items.length } : place));
  return (
    <CrumbNameProvider>
      <AppFrame
        brand={
          <Link href="/dashboard/fine-tuning" className="flex items-center gap-2 rounded-sm font-semibold text-lg">
            <BrandMark />
            Tuneloop
          </Link>
        }
        items={items}
        menus={
          <>
            <WorkspaceMenu />
            <PersonMenu onShortcuts={() => setOverlay('shortcuts')} />
          </>
        }
        topBar={<TopBar onSearch={() => setOverlay('palette')} />}
      >
        {children}
      </AppFrame>
      <SignedOut />
      {overlay === 'palette' && <CommandPalette onClose={() => setOverlay(null)} />}
      {overlay === 'shortcuts' && <ShortcutList onClose={() => setOverlay(null)} />}
    </CrumbNameProvider>
  );
}
