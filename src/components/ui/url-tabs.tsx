'use client';

import { useQueryState } from 'nuqs';
import { type KeyboardEvent, type ReactNode, useId } from 'react';
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
  const id = useId();
  const choose = (next: string) => void setChosen(next === first ? null : next);

  /** Arrows go round the tabs, Home and End to the ends; the tab with the focus is the open one. */
  function move(event: KeyboardEvent): void {
    const at = tabs.findIndex((tab) => tab.value === value);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 }[event.key];
    const next = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (!next) return;
    event.preventDefault();
    choose(next.value);
    document.getElementById(`${id}-${next.value}`)?.focus();
  }

  return (
    <div className={className}>
      <div {...aria} role="tablist" onKeyDown={move} className="flex gap-1 overflow-x-auto overflow-y-hidden border-b">
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-${tab.value}`}
            aria-controls={`${id}-${tab.value}-panel`}
            aria-selected={tab.value === value}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => choose(tab.value)}
            className={tabLook}
          >
            {tab.label}
            {tab.count !== undefined && <span className="text-faint">{formatCount(tab.count)}</span>}
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.value}
          role="tabpanel"
          id={`${id}-${tab.value}-panel`}
          aria-labelledby={`${id}-${tab.value}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: so that the keyboard reaches a panel that holds no control
          tabIndex={0}
          hidden={tab.value !== value}
          className="pt-4 focus-visible:outline-offset-4"
        >
          {tab.value === value && tab.content}
        </div>
      ))}
    </div>
  );
}

const tabLook = cn(
  '-mb-px flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 px-2.5 font-medium text-muted',
  'hover:text-fg focus-visible:-outline-offset-2 aria-selected:border-accent aria-selected:text-fg',
);
