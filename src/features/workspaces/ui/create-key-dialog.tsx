'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { ApiKeyCreated } from '../workspace.schema';
import { ShownOnce } from './shown-once';

const CreateKeyForm = dynamic(() => import('./create-key-form').then((file) => file.CreateKeyForm), {
  loading: () => <Skeleton className="h-32" />,
});

export function CreateKeyDialog() {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<ApiKeyCreated | null>(null);

  function change(next: boolean) {
    setOpen(next);
    setMade(null);
  }

  return (
    <Dialog
      title={made ? `Key “${made.name}”` : 'New API key'}
      size="sm"
      open={open}
      onOpenChange={change}
      trigger={
        <Button size="sm" variant="primary">
          New API key
        </Button>
      }
      footer={
        made ? (
          <Button variant="primary" onClick={() => change(false)}>
            Done
          </Button>
        ) : (
          <Button variant="primary" type="submit" form="create-key">
            Create key
          </Button>
        )
      }
    >
      {made ? (
        <ShownOnce value={made.key} label="Key">
          Send it as <code className="font-mono">Authorization: Bearer …</code>, or give it to an OpenAI SDK as its API
          key.
        </ShownOnce>
      ) : (
        <CreateKeyForm onMade={setMade} />
      )}
    </Dialog>
  );
}
