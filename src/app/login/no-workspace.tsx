'use client';

import { signOut } from 'next-auth/react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { NewWorkspaceDialog } from '../dashboard/_shell/new-workspace-dialog';

/** Somebody with an account and no place to work in. */
export function NoWorkspace({ email }: { email: string }) {
  const [creating, setCreating] = useState(false);
  return (
    <>
      <h1 className="mb-2 font-semibold text-xl">You belong to no workspace yet</h1>
      <p className="mb-4 text-muted">
        You are signed in as {email}. Ask an owner to add this address to a workspace, or create one of your own.
      </p>
      <div className="flex gap-2">
        <Button variant="primary" onClick={() => setCreating(true)}>
          New workspace
        </Button>
        <Button onClick={() => void signOut({ callbackUrl: '/login' })}>Sign out</Button>
      </div>
      <NewWorkspaceDialog
        open={creating}
        onOpenChange={setCreating}
        onCreated={() => window.location.assign('/dashboard/fine-tuning')}
      />
    </>
  );
}
