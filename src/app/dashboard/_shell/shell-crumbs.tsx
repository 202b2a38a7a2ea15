'use client';

import { usePathname } from 'next/navigation';
import { Breadcrumbs, type Crumb } from '@/components/layout/breadcrumbs';
import { useCrumbName } from '@/components/layout/crumb-name';
import { crumbsOf } from './crumbs';

export function ShellCrumbs() {
  const crumbs: readonly Crumb[] = crumbsOf(usePathname(), useCrumbName());
  return <Breadcrumbs crumbs={crumbs} />;
}
