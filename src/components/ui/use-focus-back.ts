'use client';

import { useLayoutEffect, useRef } from 'react';

/**
 * Handlers for a dialog's content: on closing, the focus is again where it was on opening. Radix gives it back to the
 * trigger only, and what is opened by a key or a menu has none.
 */
export function useFocusBack(open = true) {
  const before = useRef<Element | null>(null);
  // The content is not there yet: once it is, a field of it may have the focus already.
  useLayoutEffect(() => {
    if (open) before.current = document.activeElement;
  }, [open]);
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      if (!(before.current instanceof HTMLElement) || !before.current.isConnected) return;
      event.preventDefault();
      before.current.focus({ preventScroll: true });
    },
  };
}
