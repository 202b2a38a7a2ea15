'use client';

import { useQueryState } from 'nuqs';
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { formatCount } from '@/lib/format';
import { cn } from './cn';

export interface Tab {
  value: string;
  label: string;
  /** Small figure behind the label. */
  count?: number | undefined;
  content: ReactNode;
}

interface UrlTabsProps {
  tabs: readonly Tab[];
  /** Name of the search parameter that keeps the open tab. */
  param?: string;
  'aria-label': string;
  className?: string;
}

/** Tabs whose state is in the address: reload, share and Back keep the place. The first tab is the default. */
export function UrlTabs({ tabs, param = 'tab', className, ...aria }: UrlTabsProps) {
  const [chosen, setChosen] = useQueryState(param, { history: 'push' });
  const first = tabs[0]?.value ?? '';
  const value = tabs.some((tab) => tab.value === chosen) && chosen !== null ? chosen : first;
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => void setChosen(next === first ? null : next)}
      className={className}
    >
      <Radix.List {...aria} className="flex gap-1 overflow-x-auto overflow-y-hidden border-b">
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className={tabLook}>
            {tab.label}
            {tab.count !== undefined && <span className="text-faint">{formatCount(tab.count)}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-4 focus-visible:outline-offset-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

const tabLook = cn(
  '-mb-px flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 px-2.5 font-medium text-muted',
  'hover:text-fg focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-fg',
);
