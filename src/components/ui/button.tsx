import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';
import { Spinner } from './spinner';

const look = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors duration-100 select-none disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-on-accent enabled:hover:bg-accent-hover [a&]:hover:bg-accent-hover',
        secondary: 'border-line-strong bg-raised text-fg enabled:hover:bg-sunken [a&]:hover:bg-sunken',
        ghost:
          'border-transparent bg-transparent text-muted enabled:hover:bg-hover enabled:hover:text-fg [a&]:hover:bg-hover [a&]:hover:text-fg',
        danger: 'border-transparent bg-bad text-on-bad enabled:hover:opacity-90',
      },
      size: { sm: 'h-7 px-2.5 text-sm', md: 'h-8 px-3 text-base' },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof look> & {
    /** Work is under way: disabled, with a spinner in place of the first icon. The text stays, so nothing jumps. */
    pending?: boolean | undefined;
    /** Renders the one child (a link) with the button's looks. */
    asChild?: boolean;
  };

export function Button({ variant, size, pending = false, asChild = false, className, children, ...rest }: ButtonProps) {
  const classes = cn(look({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      {...rest}
      className={cn(classes, pending && '[&>svg:not([data-spinner])]:hidden')}
      disabled={rest.disabled === true || pending}
      aria-busy={pending || undefined}
    >
      {pending && <Spinner />}
      {children}
    </button>
  );
}
