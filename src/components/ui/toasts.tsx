'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { listenForToasts, toastsWait } from './toast';

const Toaster = dynamic(() => import('./toaster').then((file) => file.Toaster), { ssr: false });

/** Most visits see no toast: what draws them comes with the first one. */
export function Toasts() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (wanted) return;
    const look = () => setWanted(toastsWait());
    look();
    return listenForToasts(look);
  }, [wanted]);
  return wanted && <Toaster />;
}
