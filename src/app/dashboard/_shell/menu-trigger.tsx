import type { ComponentProps, ReactNode } from 'react';

interface MenuTriggerProps extends ComponentProps<'button'> {
  /** Read aloud before the text. */
  label: string;
  start?: ReactNode;
  end?: ReactNode;
}

/** A row at the bottom of the rail that opens a menu. */
export function MenuTrigger({ label, start, end, children, ...rest }: MenuTriggerProps) {
  return (
    <button
      type="button"
      {...rest}
      className="flex h-9 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover [&_svg]:size-4 [&_svg]:text-faint"
    >
      {start}
      <span className="sr-only">{label}: </span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {end}
    </button>
  );
}
