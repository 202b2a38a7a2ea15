'use client';

import type { Permission } from '@/lib/permissions';
import { trpc } from './client';

/** Whether the signed-in person may do something here. For showing and hiding only: the use case decides. */
export function useMay(permission: Permission): boolean {
  const { data: me } = trpc.workspaces.me.useQuery();
  return me?.permissions.includes(permission) ?? false;
}
