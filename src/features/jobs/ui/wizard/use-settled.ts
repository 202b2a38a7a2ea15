'use client';

import { useEffect, useState } from 'react';

/** The value once it has rested for a moment: a server is not asked for every keystroke. Compared by its JSON. */
export function useSettled<T>(value: T, restMs: number): { value: T; settled: boolean } {
  const [rested, setRested] = useState(value);
  const [now, then] = [JSON.stringify(value), JSON.stringify(rested)];
  useEffect(() => {
    if (now === then) return;
    const timer = setTimeout(() => setRested(JSON.parse(now) as T), restMs);
    return () => clearTimeout(timer);
  }, [now, then, restMs]);
  return { value: rested, settled: now === then };
}
