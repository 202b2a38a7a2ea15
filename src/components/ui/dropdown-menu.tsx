'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { type KeyboardEvent, type PointerEvent, type ReactNode, use, useId, useRef, useState } from 'react';
import { cn } from './cn';
import { MenuParts } from './menu-parts';
import { Opener, useOnce } from './opener';

const load = () => import('./menu-list').then((file) => file.MenuList);
const MenuList = dynamic(load, { ssr: false });

interface DropdownMenuProps {
  /** One button. */
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom' | 'right';
}

export function DropdownMenu({ trigger, children, align = 'end', side = 'bottom' }: DropdownMenuProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const mounted = useOnce(open);
  const button = useRef<HTMLElement>(null);
  const byKey = useRef(false);

  function press(event: PointerEvent): void {
    if (event.button !== 0 || event.ctrlKey) return;
    byKey.current = false;
    // The list takes the focus, not the button.
    if (!open) event.preventDefault();
    setOpen(!open);
  }

  function type(event: KeyboardEvent): void {
    if (!['Enter', ' ', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    byKey.current = true;
    setOpen(event.key === 'ArrowDown' || !open);
  }

  return (
    <>
      <Opener
        ref={button}
        id={`${id}button`}
        opens="menu"
        open={open}
        load={load}
        aria-controls={open ? id : undefined}
        onPointerDown={press}
        onKeyDown={type}
      >
        {trigger}
      </Opener>
      {mounted && (
        <MenuList id={id} button={button} byKey={byKey} open={open} onOpenChange={setOpen} align={align} side={side}>
          {children}
        </MenuList>
      )}
    </>
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
  const parts = use(MenuParts);
  if (!parts) return null;
  const { Item } = parts;
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
      <Item asChild disabled={disabled}>
        {href.startsWith('/api') ? (
          <a className={classes} href={href} download>
            {content}
          </a>
        ) : (
          <Link className={classes} href={href}>
            {content}
          </Link>
        )}
      </Item>
    );
  }
  return (
    <Item className={classes} disabled={disabled} onSelect={() => onSelect?.()}>
      {content}
    </Item>
  );
}

export function MenuSeparator() {
  const parts = use(MenuParts);
  return parts && <parts.Separator className="my-1 h-px bg-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  const parts = use(MenuParts);
  return parts && <parts.Label className="px-2 py-1 text-faint text-sm">{children}</parts.Label>;
}
