'use client';

import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { Toasts } from '@/components/ui/toasts';
import { TrpcProvider } from '@/trpc/client';

/** What pages behind the sign-in stand on: the typed client and the state in the address. The login page needs neither. */
export function ShellState({ children }: { children: ReactNode }) {
  return (
    <TrpcProvider>
      <NuqsAdapter>{children}</NuqsAdapter>
      <Toasts />
    </TrpcProvider>
  );
}
