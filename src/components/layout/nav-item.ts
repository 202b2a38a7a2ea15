import type { ReactNode } from 'react';

export interface NavItem {
  href: string;
  label: string;
  icon: ReactNode;
  /** Running or waiting things, behind the label. */
  count?: number | undefined;
  /** True for the entry whose path is a prefix of all the others. */
  exact?: boolean;
  /** Stays in the bottom bar on narrow screens; the others go behind "More". */
  main?: boolean;
}

export const isCurrent = (item: NavItem, pathname: string): boolean =>
  pathname === item.href || (item.exact !== true && pathname.startsWith(`${item.href}/`));
