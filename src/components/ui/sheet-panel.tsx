'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { SheetProps } from './sheet';
import { useFocusBack } from './use-focus-back';

export function SheetPanel({ title, open, onOpenChange, children }: SheetProps) {
  const focusBack = useFocusBack(open);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/30" />
        <Radix.Content
          {...focusBack}
          aria-describedby={undefined}
          className="appear fixed inset-y-0 right-0 z-50 flex w-full max-w-xl flex-col border-line border-l bg-raised shadow-float"
        >
          <header className="flex items-center justify-between gap-4 border-b px-5 py-3">
            <Radix.Title className="min-w-0 truncate font-semibold text-lg">{title}</Radix.Title>
            <Radix.Close aria-label="Close" className="rounded-md p-1.5 text-muted hover:bg-hover hover:text-fg">
              <X aria-hidden className="size-4" />
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-5">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
