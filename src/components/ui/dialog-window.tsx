'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { cn } from './cn';
import type { DialogProps } from './dialog';
import { useFocusBack } from './use-focus-back';

interface DialogWindowProps extends Omit<DialogProps, 'trigger'> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const WIDTH = { sm: 'sm:max-w-md', md: 'sm:max-w-lg', lg: 'sm:max-w-2xl', xl: 'sm:max-w-5xl' };

export function DialogWindow(props: DialogWindowProps) {
  const { title, description, open, onOpenChange, footer, size = 'md', children } = props;
  const focusBack = useFocusBack(open);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          {...focusBack}
          {...(description === undefined && { 'aria-describedby': undefined })}
          className={cn(
            'appear fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[92dvh] w-full flex-col rounded-t-xl border border-line bg-raised shadow-float sm:inset-x-4 sm:top-[10vh] sm:bottom-auto sm:max-h-[80dvh] sm:rounded-xl',
            WIDTH[size],
          )}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0">
              <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description className="mt-0.5 text-muted">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close
              aria-label="Close"
              className="-mr-1.5 rounded-md p-1.5 text-muted hover:bg-hover hover:text-fg"
            >
              <X aria-hidden className="size-4" />
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-1">{children}</div>
          <footer className="flex flex-wrap justify-end gap-2 px-5 pt-3 pb-4">{footer}</footer>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
