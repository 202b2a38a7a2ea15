'use client';

import { useRef } from 'react';

/**
 * Handlers for a dialog's content: on closing, the focus is again where it was on opening. Radix gives it back to the
 * trigger only, and what is opened by a key or a menu has none.
 */
export function useFocusBack() {
  const before = useRef<Element | null>(null);
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
