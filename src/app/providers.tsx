'use client';

import { ThemeProvider } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { Toasts } from '@/components/ui/toasts';
import { TrpcProvider } from '@/trpc/client';

interface ProvidersProps {
  /** Of this answer's content security policy, for the script that sets the theme before the first paint. */
  nonce: string | undefined;
  children: ReactNode;
}

export function Providers({ nonce, children }: ProvidersProps) {
  return (
    <ThemeProvider attribute="class" disableTransitionOnChange {...(nonce !== undefined && { nonce })}>
      <TrpcProvider>
        <NuqsAdapter>{children}</NuqsAdapter>
      </TrpcProvider>
      <Toasts />
    </ThemeProvider>
  );
}
