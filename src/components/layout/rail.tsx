'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { cn } from '../ui/cn';
import { isCurrent, type NavItem } from './nav-item';

interface RailProps {
  brand: ReactNode;
  items: readonly NavItem[];
  menus: ReactNode;
}

export function Rail({ brand, items, menus }: RailProps) {
  const pathname = usePathname();
  return (
    <aside className="sticky top-0 hidden h-dvh w-52 shrink-0 flex-col border-r bg-raised rail:flex">
      <div className="flex h-12 shrink-0 items-center px-4">{brand}</div>
      <nav aria-label="Main" className="flex-1 space-y-0.5 overflow-y-auto p-2">
        {items.map((item) => {
          const current = isCurrent(item, pathname);
          return (
            <Link
              key={item.href}
              href={item.href}
              aria-current={current ? 'page' : undefined}
              className={cn(
                'flex h-8 items-center gap-2.5 rounded-md px-2 text-muted transition-colors duration-100 hover:bg-hover hover:text-fg [&_svg]:size-4',
                current && 'bg-hover font-medium text-fg',
              )}
            >
              {item.icon}
              <span className="flex-1">{item.label}</span>
              {item.count !== undefined && item.count > 0 && <span className="text-muted text-sm">{item.count}</span>}
            </Link>
          );
        })}
      </nav>
      <div className="space-y-0.5 border-t p-2">{menus}</div>
    </aside>
  );
}
