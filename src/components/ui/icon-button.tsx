'use client';

import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './button';
import { cn } from './cn';
import { Tooltip } from './tooltip';

export type IconButtonProps = Omit<ButtonProps, 'children' | 'asChild'> & {
  /** What it does, in words: read aloud, and shown on hover. */
  label: string;
  children: ReactNode;
};

export function IconButton({ label, className, size = 'md', variant = 'ghost', children, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label}>
      <Button
        aria-label={label}
        size={size}
        variant={variant}
        className={cn('px-0', size === 'sm' ? 'w-7' : 'w-8', className)}
        {...rest}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
