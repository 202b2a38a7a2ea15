'use client';

import { type ComponentType, useEffect, useState } from 'react';
import { Skeleton } from '../ui/skeleton';

const AGAIN_MS = 5000;

/**
 * A drawing whose code comes when it is first shown. When it cannot come (the network is away, a new release has replaced it) the
 * page stays, says so in the drawing's place, and tries again: a framework's lazy import would take the whole page down.
 */
export function lazyDrawing<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  return function LazyDrawing(props: P) {
    const [Drawing, setDrawing] = useState(() => known);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (Drawing) return;
      let gone = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const attempt = (): void => {
        load().then(
          (drawing) => {
            known = drawing;
            if (!gone) setDrawing(() => drawing);
          },
          () => {
            if (gone) return;
            setFailed(true);
            timer = setTimeout(attempt, AGAIN_MS);
          },
        );
      };
      attempt();
      return () => {
        gone = true;
        clearTimeout(timer);
      };
    }, [Drawing]);
    if (Drawing) return <Drawing {...props} />;
    if (!failed) return <Skeleton className="h-full" />;
    return (
      <p role="status" className="flex h-full items-center justify-center text-muted text-sm">
        The chart is drawn once the connection is back.
      </p>
    );
  };
}
