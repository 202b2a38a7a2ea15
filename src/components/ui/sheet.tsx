'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { useOnce } from './opener';

const SheetPanel = dynamic(() => import('./sheet-panel').then((file) => file.SheetPanel), { ssr: false });

export interface SheetProps {
  title: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}

/** A panel from the right for one thing of a list, while the list stays where it was. */
export function Sheet(props: SheetProps) {
  const mounted = useOnce(props.open);
  return mounted && <SheetPanel {...props} />;
}
