'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CapDialog } from './cap-dialog';

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
