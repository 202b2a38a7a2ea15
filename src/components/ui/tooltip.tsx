'use client';

import dynamic from 'next/dynamic';
import { Slot } from 'radix-ui';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { fetchAhead } from './opener';

const load = () => import('./tooltip-bubble').then((file) => file.TooltipBubble);
const TooltipBubble = dynamic(load, { ssr: false });

const OPEN_MS = 300;
/** Time to move the pointer from the element onto the tooltip, whose text may be read and copied. */
const CLOSE_MS = 120;

interface TooltipProps {
  content: ReactNode;
  /** One element that can take focus. */
  children: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
}

export function Tooltip({ content, children, side = 'top' }: TooltipProps) {
  const id = useId();
  const element = useRef<HTMLElement>(null);
  const { open, set } = useDelayed();
  return (
    <>
      <Slot.Root
        ref={element}
        aria-describedby={open ? id : undefined}
        onPointerEnter={(event) => {
          if (event.pointerType === 'touch') return;
          fetchAhead(load);
          set(true, OPEN_MS);
        }}
        onPointerLeave={() => set(false, CLOSE_MS)}
        onPointerDown={() => set(false)}
        onClick={() => set(false)}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) set(true);
        }}
        onBlur={() => set(false)}
      >
        {children}
      </Slot.Root>
      {open && (
        <TooltipBubble
          id={id}
          element={element}
          side={side}
          onEnter={() => set(true)}
          onLeave={() => set(false, CLOSE_MS)}
          onClose={() => set(false)}
        >
          {content}
        </TooltipBubble>
      )}
    </>
  );
}

/** Of several changes within their delays the last one counts. */
function useDelayed() {
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  function set(next: boolean, delayMs = 0): void {
    clearTimeout(timer.current);
    if (delayMs === 0) setOpen(next);
    else timer.current = setTimeout(() => setOpen(next), delayMs);
  }
  return { open, set };
}
