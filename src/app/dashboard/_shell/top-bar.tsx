'use client';

import { Search } from 'lucide-react';
import { Kbd } from '@/components/ui/kbd';
import { ActivityTray } from './activity-tray';
import { ShellCrumbs } from './shell-crumbs';
import { SpendChip } from './spend-chip';
import { ThemeSwitch } from './theme-switch';

export function TopBar({ onSearch }: { onSearch: () => void }) {
  return (
    <>
      <ShellCrumbs />
      <button
        type="button"
        onClick={onSearch}
        aria-label="Search pages, datasets, jobs, models, agents"
        className="flex h-8 shrink-0 items-center gap-2 rounded-md border bg-raised px-2 text-muted text-sm hover:border-line-strong hover:text-fg sm:w-44"
      >
        <Search aria-hidden className="size-4" />
        <span className="flex-1 text-left max-sm:hidden">Search</span>
        <span className="max-sm:hidden">
          <Kbd>⌘K</Kbd>
        </span>
      </button>
      <ActivityTray />
      <SpendChip />
      <ThemeSwitch />
    </>
  );
}
