import {
  Bot,
  Box,
  Database,
  LayoutDashboard,
  Plug,
  ServerCog,
  SlidersHorizontal,
  Wallet,
  Workflow,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Permission } from '@/lib/permissions';

export interface Place {
  href: string;
  label: string;
  icon: ReactNode;
  /** Second key after `g`. */
  key: string;
  exact?: boolean;
  main?: boolean;
  /** In the person's menu instead of the rail. */
  hidden?: boolean;
  /** Whom it shows something. */
  needs?: Permission;
}

/** Every room of the house, once: rail, bottom bar, breadcrumbs, palette and shortcuts read this list. */
export const places: readonly Place[] = [
  {
    href: '/dashboard/fine-tuning',
    label: 'Overview',
    icon: <LayoutDashboard aria-hidden />,
    key: 'o',
    exact: true,
    main: true,
  },
  { href: '/dashboard/fine-tuning/datasets', label: 'Datasets', icon: <Database aria-hidden />, key: 'd', main: true },
  { href: '/dashboard/fine-tuning/jobs', label: 'Jobs', icon: <Workflow aria-hidden />, key: 'j', main: true },
  { href: '/dashboard/fine-tuning/models', label: 'Models', icon: <Box aria-hidden />, key: 'm' },
  { href: '/dashboard/fine-tuning/agents', label: 'Agents', icon: <Bot aria-hidden />, key: 'a', main: true },
  { href: '/dashboard/fine-tuning/providers', label: 'Providers', icon: <Plug aria-hidden />, key: 'p' },
  { href: '/dashboard/fine-tuning/budgets', label: 'Budgets', icon: <Wallet aria-hidden />, key: 'b' },
  {
    href: '/dashboard/ops',
    label: 'Operations',
    icon: <ServerCog aria-hidden />,
    key: 'x',
    needs: 'ops:read',
  },
  { href: '/dashboard/settings', label: 'Settings', icon: <SlidersHorizontal aria-hidden />, key: 's', hidden: true },
];
