'use client';

import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { cn } from '../ui/cn';
import { Sheet } from '../ui/sheet';
import { isCurrent, type NavItem } from './nav-item';

const entryLook = 'flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-xs [&_svg]:size-5';

/** The rail of narrow screens: the main places, everything else one tap away. */
export function BottomBar({ items, menus }: { items: readonly NavItem[]; menus: ReactNode }) {
  const pathname = usePathname();
  const [open, setOpen] = useState(false);

  // A tap on a place in the sheet navigates; the sheet must not stay over it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is the event here, not a value that is read
  useEffect(() => setOpen(false), [pathname]);

  const rest = items.filter((item) => item.main !== true);
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 flex h-14 border-t bg-raised pb-[env(safe-area-inset-bottom)] rail:hidden"
    >
      {items
        .filter((item) => item.main === true)
        .map((item) => (
          <Link
            key={item.href}
            href={item.href}
            aria-current={isCurrent(item, pathname) ? 'page' : undefined}
            className={cn(entryLook, isCurrent(item, pathname) ? 'font-medium text-accent' : 'text-muted')}
          >
            {item.icon}
            {item.label}
          </Link>
        ))}
      <button type="button" onClick={() => setOpen(true)} className={cn(entryLook, 'text-muted')}>
        <Ellipsis aria-hidden />
        More
      </button>
      <Sheet title="More" open={open} onOpenChange={setOpen}>
        <div className="space-y-1">
          {rest.map((item) => (
            <Link
              key={item.href}
              href={item.href}
              aria-current={isCurrent(item, pathname) ? 'page' : undefined}
              className={cn(
                'flex h-11 items-center gap-3 rounded-md px-2 hover:bg-hover [&_svg]:size-4',
                isCurrent(item, pathname) && 'bg-hover font-medium',
              )}
            >
              {item.icon}
              {item.label}
            </Link>
          ))}
        </div>
        <div className="mt-4 space-y-1 border-t pt-4">{menus}</div>
      </Sheet>
    </nav>
  );
}
