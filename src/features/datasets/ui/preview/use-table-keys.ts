'use client';

import { useEffect, useRef } from 'react';

interface TableKeys {
  /** By so many rows, or by infinity to the end. */
  move: (by: number) => void;
  open: () => void;
  select: () => void;
  edit: () => void;
  remove: () => void;
  /** @returns whether there was something to leave */
  leave: () => boolean;
}

/** After `g` the next letter leads to another page, and is not ours. */
const CHORD_MS = 1200;
const ROWS = 'table[aria-label="Examples"]';
const OTHERS =
  'input:not([type="checkbox"]), textarea, select, [contenteditable], [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** j and k or the arrows move, Home and End go to the first and the last row, Enter opens, x selects, e edits, Delete deletes, Escape leaves. */
export function useTableKeys(keys: TableKeys, enabled: boolean): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    if (!enabled) return;
    let leader = 0;
    function onKey(event: KeyboardEvent) {
      const { key, target } = event;
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      if (!(target instanceof HTMLElement) || target.closest(OTHERS)) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')) return;
      if (key === 'g') leader = event.timeStamp;
      else if (event.timeStamp - leader < CHORD_MS) leader = 0;
      else if (handle(key, target, current.current)) event.preventDefault();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [enabled]);
}

/** @returns whether the key meant something here */
function handle(key: string, target: HTMLElement, { move, open, select, edit, remove, leave }: TableKeys): boolean {
  // Elsewhere the arrows have a meaning of their own: in tabs, in a group of buttons, in a box that scrolls.
  const onRows = target === document.body || target.tagName === 'MAIN' || target.closest(ROWS) !== null;
  if (key === 'j' || (key === 'ArrowDown' && onRows)) move(1);
  else if (key === 'k' || (key === 'ArrowUp' && onRows)) move(-1);
  else if (key === 'Home' && onRows) move(Number.NEGATIVE_INFINITY);
  else if (key === 'End' && onRows) move(Number.POSITIVE_INFINITY);
  else if (key === 'Enter' && target === document.body) open();
  else if (key === 'x') select();
  else if (key === 'e') edit();
  else if (key === 'Delete') remove();
  else return key === 'Escape' && leave();
  return true;
}
