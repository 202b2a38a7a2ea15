'use client';

import { signIn } from 'next-auth/react';
import { Button } from '@/components/ui/button';

const NAMES = { github: 'GitHub', google: 'Google' };

/** Only what this installation has keys for. */
export function OauthButtons({ offered, next }: { offered: ('github' | 'google')[]; next: string }) {
  if (offered.length === 0) return null;
  return (
    <div className="mt-4 flex flex-col gap-2 border-t pt-4">
      {offered.map((provider) => (
        <Button key={provider} onClick={() => void signIn(provider, { callbackUrl: next })}>
          Continue with {NAMES[provider]}
        </Button>
      ))}
    </div>
  );
}
