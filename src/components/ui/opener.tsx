'use client';

import { Slot } from 'radix-ui';
import { type HTMLAttributes, type Ref, useState } from 'react';

interface OpenerProps extends HTMLAttributes<HTMLElement> {
  ref?: Ref<HTMLElement>;
  opens: 'menu' | 'dialog';
  open: boolean;
  /** Fetches what will be opened. */
  load: () => Promise<unknown>;
}

/** The one button below it opens something, which is fetched when the pointer or the focus comes near. */
export const Opener = ({ opens, open, load, ...rest }: OpenerProps) => (
  <Slot.Root
    {...rest}
    aria-haspopup={opens}
    aria-expanded={open}
    onPointerEnter={() => fetchAhead(load)}
    onFocus={() => fetchAhead(load)}
  />
);

/** What fails here is tried again, and told, when it is needed. */
export const fetchAhead = (load: () => Promise<unknown>): void => void load().catch(() => undefined);

/** True from the first time on: what was open once stays mounted, to close in its own way. */
export function useOnce(now: boolean): boolean {
  const [once, setOnce] = useState(now);
  if (now && !once) setOnce(true);
  return once || now;
}

interface Opened {
  open: boolean;
  /** Whether it was ever open. */
  mounted: boolean;
  change: (next: boolean) => void;
}

/** Whether something is open: as it is told, or as its own button left it. */
export function useOpened(given: boolean | undefined, onOpenChange: ((open: boolean) => void) | undefined): Opened {
  const [inner, setInner] = useState(false);
  const open = given ?? inner;
  const mounted = useOnce(open);
  const change = (next: boolean): void => {
    setInner(next);
    onOpenChange?.(next);
  };
  return { open, mounted, change };
}
