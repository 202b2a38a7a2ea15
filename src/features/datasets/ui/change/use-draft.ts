'use client';

import { useCallback, useState } from 'react';

const PREFIX = 'tuneloop.draft.';

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

function write(key: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(PREFIX + key);
    else sessionStorage.setItem(PREFIX + key, text);
  } catch {
    // Storage is full or switched off: the text then lives as long as the page does.
  }
}

/**
 * A text that survives a reload while it is not saved. Only for the browser: load what uses it without the server.
 * @param start  what to begin with where that is not what is saved
 */
export function useDraft(key: string, initial: string, start = initial) {
  const [kept] = useState(() => read(key));
  const [text, setText] = useState(kept ?? start);
  const change = useCallback(
    (next: string) => {
      setText(next);
      write(key, next === initial ? null : next);
    },
    [key, initial],
  );
  const forget = useCallback(() => write(key, null), [key]);
  return { text, change, forget, restored: kept !== null && kept !== initial };
}
