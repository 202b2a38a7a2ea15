'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { Opener, useOpened } from './opener';

const load = () => import('./dialog-window').then((file) => file.DialogWindow);
const DialogWindow = dynamic(load, { ssr: false });

export interface DialogProps {
  title: ReactNode;
  /** One sentence under the title. */
  description?: ReactNode;
  /** Opens it; leave out when `open` is controlled from elsewhere. */
  trigger?: ReactNode;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** Buttons at the bottom, the main one last. */
  footer?: ReactNode;
  size?: 'sm' | 'md' | 'lg' | 'xl';
  children?: ReactNode;
}

export function Dialog({ trigger, open: given, onOpenChange, ...rest }: DialogProps) {
  const { open, mounted, change } = useOpened(given, onOpenChange);
  return (
    <>
      {trigger !== undefined && (
        <Opener opens="dialog" open={open} load={load} onClick={() => change(!open)}>
          {trigger}
        </Opener>
      )}
      {mounted && <DialogWindow {...rest} open={open} onOpenChange={change} />}
    </>
  );
}
