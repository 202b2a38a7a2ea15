import type { Metadata } from 'next';
import { PageBody } from '@/components/layout/page-body';
import { PageHeader } from '@/components/ui/page-header';
import { UrlTabs } from '@/components/ui/url-tabs';
import { ApiKeysPanel, AuditPanel, MembersPanel, PasswordPanel, WorkspacePanel } from '@/features/workspaces';
import { requireUser } from '@/server/session';
import { serverTrpc } from '../server-trpc';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const { actor } = await requireUser();
  const { trpc, HydrateClient } = serverTrpc();
  await trpc.workspaces.members.prefetch();
  const tabs = [
    { value: 'members', label: 'Members', content: <MembersPanel /> },
    ...(actor.can('keys:manage') ? [{ value: 'keys', label: 'API keys', content: <ApiKeysPanel /> }] : []),
    ...(actor.can('audit:read') ? [{ value: 'audit', label: 'Audit log', content: <AuditPanel /> }] : []),
    { value: 'workspace', label: 'Workspace', content: <WorkspacePanel /> },
    { value: 'password', label: 'Password', content: <PasswordPanel /> },
  ];
  return (
    <HydrateClient>
      <PageBody>
        <PageHeader title="Settings" summary="Who may work here, which programs may call, and what was changed." />
        <UrlTabs aria-label="Settings" tabs={tabs} />
      </PageBody>
    </HydrateClient>
  );
}
