'use client';

import { useTheme } from 'next-themes';
import { Toaster } from 'sonner';

/** Where `toast()` of sonner appears. A toast says that something is done, with a link to it; failures stay where they happened. */
export function Toasts() {
  const { resolvedTheme } = useTheme();
  return (
    <Toaster
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      gap={8}
      mobileOffset={{ bottom: 64 }}
      // The list around the toasts brings a font of its own.
      style={{ fontFamily: 'inherit' }}
      toastOptions={{
        style: {
          background: 'var(--surface-raised)',
          color: 'var(--text)',
          border: '1px solid var(--border-strong)',
          borderRadius: 8,
          fontFamily: 'inherit',
          fontSize: 14,
          boxShadow: 'var(--shadow-float)',
        },
      }}
    />
  );
}
