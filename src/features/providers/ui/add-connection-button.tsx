'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConnectionDialog } from './connection-dialog';

export function AddConnectionButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        Add provider
      </Button>
      {open && <ConnectionDialog connection={null} onClose={() => setOpen(false)} />}
    </>
  );
}
