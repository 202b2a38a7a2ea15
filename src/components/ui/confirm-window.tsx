'use client';

import { AlertDialog as Radix } from 'radix-ui';
import { useState } from 'react';
import { Button } from './button';
import type { ConfirmDialogProps } from './confirm-dialog';
import { useFocusBack } from './use-focus-back';

interface ConfirmWindowProps extends Omit<ConfirmDialogProps, 'trigger'> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ConfirmWindow(props: ConfirmWindowProps) {
  const { title, children, confirmLabel, tone = 'danger', ready = true, onConfirm, open, onOpenChange } = props;
  const focusBack = useFocusBack(open);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  function change(next: boolean) {
    if (pending) return;
    setFailure(null);
    onOpenChange(next);
  }

  async function confirm() {
    setPending(true);
    setFailure(null);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : 'That did not work. Try again.');
    } finally {
      setPending(false);
    }
  }

  return (
    <Radix.Root open={open} onOpenChange={change}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          {...focusBack}
          className="appear fixed inset-x-4 top-[16vh] z-50 mx-auto max-w-md rounded-xl border border-line bg-raised p-5 shadow-float"
        >
          <Radix.Title className="break-words font-semibold text-lg">{title}</Radix.Title>
          <Radix.Description asChild>
            <div className="mt-2 space-y-2 text-muted">{children}</div>
          </Radix.Description>
          {failure !== null && (
            <p role="alert" className="mt-3 rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">
              {failure}
            </p>
          )}
          <div className="mt-4 flex justify-end gap-2">
            <Radix.Cancel asChild>
              <Button disabled={pending}>Keep it</Button>
            </Radix.Cancel>
            <Button variant={tone} pending={pending} disabled={!ready} onClick={() => void confirm()}>
              {confirmLabel}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
