'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useId, useRef, useState } from 'react';
import { Opener, useOnce } from './opener';

const load = () => import('./popover-panel').then((file) => file.PopoverPanel);
const PopoverPanel = dynamic(load, { ssr: false });

interface PopoverProps {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  className?: string;
}

export function Popover({ trigger, children, align = 'end', className }: PopoverProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const mounted = useOnce(open);
  const button = useRef<HTMLElement>(null);
  return (
    <>
      <Opener
        ref={button}
        opens="dialog"
        open={open}
        load={load}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {trigger}
      </Opener>
      {mounted && (
        <PopoverPanel id={id} button={button} open={open} onOpenChange={setOpen} align={align} className={className}>
          {children}
        </PopoverPanel>
      )}
    </>
  );
}
