'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/skeleton';

// Forms bring the schema library along: it comes with the tab that needs it.
const loading = () => <Skeleton className="h-64 max-w-xl" />;

export const PasswordPanel = dynamic(() => import('./password-panel').then((file) => file.PasswordPanel), { loading });
export const WorkspacePanel = dynamic(() => import('./workspace-panel').then((file) => file.WorkspacePanel), {
  loading,
});
