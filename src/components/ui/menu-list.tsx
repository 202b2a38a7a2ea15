'use client';

import { Menu } from 'radix-ui/internal';
import type { FocusEvent, ReactNode, RefObject } from 'react';
import { MenuParts } from './menu-parts';

interface MenuListProps {
  id: string;
  button: RefObject<HTMLElement | null>;
  /** Whether it was opened by a key: then the first entry has the focus, and no longer the whole list. */
  byKey: RefObject<boolean>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  align: 'start' | 'end';
  side: 'top' | 'bottom' | 'right';
  children: ReactNode;
}

/** The open part of a menu, beside a button that is not its own. */
export function MenuList({ id, button, byKey, open, onOpenChange, align, side, children }: MenuListProps) {
  // Radix does this by itself for keys that it saw: not for the one that made it load.
  function enter({ target, currentTarget }: FocusEvent<HTMLElement>): void {
    if (!byKey.current || target !== currentTarget) return;
    byKey.current = false;
    currentTarget.querySelector<HTMLElement>('[role=menuitem]:not([data-disabled])')?.focus();
  }

  return (
    <Menu.Root open={open} onOpenChange={onOpenChange}>
      <Menu.Anchor virtualRef={button} />
      <Menu.Portal>
        <Menu.Content
          id={id}
          aria-labelledby={`${id}button`}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          onFocus={enter}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            button.current?.focus();
          }}
          className="appear z-50 min-w-48 max-w-80 rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          <MenuParts value={Menu}>{children}</MenuParts>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
