'use client';

import dynamic from 'next/dynamic';
import { signOut } from 'next-auth/react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

// With the typed client, which nothing else on the login page needs.
const FirstWorkspace = dynamic(() => import('./first-workspace').then((file) => file.FirstWorkspace), { ssr: false });

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
      {creating && <FirstWorkspace onClose={() => setCreating(false)} />}
    </>
  );
}
