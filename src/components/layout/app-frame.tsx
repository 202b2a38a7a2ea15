import type { ReactNode } from 'react';
import { BottomBar } from './bottom-bar';
import type { NavItem } from './nav-item';
import { Rail } from './rail';

interface AppFrameProps {
  /** The product's name and mark; leads home. */
  brand: ReactNode;
  items: readonly NavItem[];
  /** Workspace and person, at the bottom of the rail. */
  menus: ReactNode;
  /** Breadcrumbs at the left; the rest at the right. */
  topBar: ReactNode;
  children: ReactNode;
}

/** Rail, top bar, content. Below 900 px the rail becomes a bar at the bottom. */
export function AppFrame({ brand, items, menus, topBar, children }: AppFrameProps) {
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-raised px-3 py-2 shadow-float focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <Rail brand={brand} items={items} menus={menus} />
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-surface px-4 rail:px-6">
          {topBar}
        </header>
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 py-6 pb-24 outline-none rail:px-6 rail:pb-10">
          {children}
        </main>
      </div>
      <BottomBar items={items} menus={menus} />
    </div>
  );
}
