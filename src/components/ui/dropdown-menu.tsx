'use client';

import Link from 'next/link';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface DropdownMenuProps {
  /** One button. */
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom' | 'right';
}

export function DropdownMenu({ trigger, children, align = 'end', side = 'bottom' }: DropdownMenuProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="appear z-50 min-w-48 max-w-80 rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface MenuItemProps {
  children: ReactNode;
  icon?: ReactNode;
  /** Muted, at the right: a shortcut, a figure, a tick. */
  hint?: ReactNode;
  onSelect?: () => void;
  /** Makes it a link. A path that starts with /api is left to the browser (downloads). */
  href?: string;
  tone?: 'normal' | 'danger';
  disabled?: boolean;
}

const itemLook =
  'flex min-h-8 w-full items-center gap-2 rounded-md px-2 py-1 text-left text-base outline-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0';

export function MenuItem({ children, icon, hint, onSelect, href, tone = 'normal', disabled = false }: MenuItemProps) {
  const content = (
    <>
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {hint !== undefined && <span className="text-faint text-sm">{hint}</span>}
    </>
  );
  const classes = cn(itemLook, tone === 'danger' && 'text-bad');
  if (href !== undefined) {
    return (
      <Radix.Item asChild disabled={disabled}>
        {href.startsWith('/api') ? (
          <a className={classes} href={href} download>
            {content}
          </a>
        ) : (
          <Link className={classes} href={href}>
            {content}
          </Link>
        )}
      </Radix.Item>
    );
  }
  return (
    <Radix.Item className={classes} disabled={disabled} onSelect={() => onSelect?.()}>
      {content}
    </Radix.Item>
  );
}

export const MenuSeparator = () => <Radix.Separator className="my-1 h-px bg-line" />;

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-2 py-1 text-faint text-sm">{children}</Radix.Label>
);
