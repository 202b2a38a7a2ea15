'use client';

import { Popover as Radix } from 'radix-ui';
import { type ReactNode, type RefObject, useRef } from 'react';
import { cn } from './cn';

interface PopoverPanelProps {
  id: string;
  button: RefObject<HTMLElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  align: 'start' | 'center' | 'end';
  className?: string | undefined;
  children: ReactNode;
}

/** The open part of a popover, beside a button that is not its own. */
export function PopoverPanel({ id, button, open, onOpenChange, align, className, children }: PopoverPanelProps) {
  const leftFor = useRef<EventTarget | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Anchor virtualRef={button} />
      <Radix.Portal>
        <Radix.Content
          id={id}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onOpenAutoFocus={() => {
            leftFor.current = null;
          }}
          onInteractOutside={(event) => {
            // The button closes it itself; closed here as well, its click would open it again.
            if (button.current?.contains(event.target as Node)) event.preventDefault();
            else leftFor.current = event.target;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (leftFor.current === null) button.current?.focus();
          }}
          className={cn('appear z-50 w-80 rounded-lg border border-line bg-raised p-3 shadow-float', className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
