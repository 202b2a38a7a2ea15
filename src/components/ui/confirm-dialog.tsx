'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { Opener, useOpened } from './opener';

const load = () => import('./confirm-window').then((file) => file.ConfirmWindow);
const ConfirmWindow = dynamic(load, { ssr: false });

export interface ConfirmDialogProps {
  /** The question with the thing's name in it: "Delete support-tickets?" */
  title: string;
  /** What will happen, and what depends on it. */
  children: ReactNode;
  /** The verb again: "Delete dataset", never "OK". */
  confirmLabel: string;
  tone?: 'danger' | 'primary';
  /** False while it is still being found out what depends on it: nobody confirms what they were not told. */
  ready?: boolean;
  /** The dialog waits for it, closes on success, and shows the message of a failure. */
  onConfirm: () => Promise<unknown>;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

export function ConfirmDialog({ trigger, open: given, onOpenChange, ...rest }: ConfirmDialogProps) {
  const { open, mounted, change } = useOpened(given, onOpenChange);
  return (
    <>
      {trigger !== undefined && (
        <Opener opens="dialog" open={open} load={load} onClick={() => change(!open)}>
          {trigger}
        </Opener>
      )}
      {mounted && <ConfirmWindow {...rest} open={open} onOpenChange={change} />}
    </>
  );
}
