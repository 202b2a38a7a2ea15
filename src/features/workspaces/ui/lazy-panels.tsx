'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/skeleton';

// A tab comes when it is opened: forms bring the schema library along.
const loading = () => <Skeleton className="h-64 max-w-xl" />;

export const ApiKeysPanel = dynamic(() => import('./api-keys-panel').then((file) => file.ApiKeysPanel), { loading });
export const AuditPanel = dynamic(() => import('./audit-panel').then((file) => file.AuditPanel), { loading });
export const PasswordPanel = dynamic(() => import('./password-panel').then((file) => file.PasswordPanel), { loading });
export const WorkspacePanel = dynamic(() => import('./workspace-panel').then((file) => file.WorkspacePanel), {
  loading,
});
