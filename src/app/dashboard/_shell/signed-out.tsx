'use client';

import { useQueryClient } from '@tanstack/react-query';
import { LogIn } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';

/**
 * Says so, above the page, once the server no longer knows who asks. It leads away only when the person wants it: what
 * they have typed stays until then.
 */
export function SignedOut() {
  if (!useSignedOut()) return null;
  return (
    <div
      role="alert"
      className="appear pointer-events-auto fixed inset-x-4 top-4 z-50 mx-auto flex max-w-xl flex-wrap items-center gap-3 rounded-lg border border-warn bg-raised p-4 shadow-float"
    >
      <p className="min-w-0 flex-1 basis-60">
        You are no longer signed in, so nothing more is loaded or saved. Sign in to go on where you are.
      </p>
      <Button variant="primary" onClick={signIn}>
        <LogIn aria-hidden />
        Sign in
      </Button>
    </div>
  );
}

function signIn(): void {
  const { pathname, search } = window.location;
  window.location.assign(`/login?callbackUrl=${encodeURIComponent(pathname + search)}`);
}

/** True from the first answer "please sign in" to the next answer of another kind (signed in again in another tab). */
function useSignedOut(): boolean {
  const client = useQueryClient();
  const [out, setOut] = useState(false);
  useEffect(() => {
    const look = (action: { type: string; error?: unknown }) => {
      if (action.type === 'success') setOut(false);
      if (action.type === 'error' && isUnauthorized(action.error)) setOut(true);
    };
    const ends = [
      client.getQueryCache().subscribe((event) => event.type === 'updated' && look(event.action)),
      client.getMutationCache().subscribe((event) => event.type === 'updated' && look(event.action)),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [client]);
  return out;
}

const isUnauthorized = (error: unknown): boolean =>
  (error as { data?: { code?: string } | null } | null)?.data?.code === 'UNAUTHORIZED';
