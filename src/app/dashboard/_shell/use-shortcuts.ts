'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import type { Overlay } from './dashboard-shell';
import { places } from './places';

const CHORD_MS = 1200;

/** ⌘K or Ctrl K: palette. `?`: the list. `g` and a letter: go there. Keys typed into a field stay in the field. */
export function useShortcuts(open: (overlay: Overlay) => void): void {
  const router = useRouter();
  const leader = useRef(0);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        open('palette');
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '?') {
        open('shortcuts');
        return;
      }
      if (event.key === 'g') {
        leader.current = Date.now();
        return;
      }
      const place = Date.now() - leader.current < CHORD_MS && places.find((one) => one.key === event.key);
      leader.current = 0;
      if (place) router.push(place.href);
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open, router]);
}

/** Fields take the keys; so does an open dialog or menu, whose own letters must not lead away from it. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null;
}
