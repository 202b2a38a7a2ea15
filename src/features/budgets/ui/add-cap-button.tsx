'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

const CapDialog = dynamic(() => import('./cap-dialog').then((file) => file.CapDialog), { ssr: false });

export function AddCapButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Add cap
      </Button>
      {open && <CapDialog budget={null} onClose={() => setOpen(false)} />}
    </>
  );
}
