'use client';

import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { toast as draw, Toaster as Sonner } from 'sonner';
import { listenForToasts, takeToasts } from './toast';

/** Where toasts appear. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  // Runs after the same of the list inside, which draws only what comes once it listens.
  useEffect(() => {
    const drawWaiting = () => {
      for (const { tone, text, ...options } of takeToasts()) draw[tone](text, options);
    };
    drawWaiting();
    return listenForToasts(drawWaiting);
  }, []);
  return (
    <Sonner
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
