'use client';

import dynamic from 'next/dynamic';
import { CrumbName } from '@/components/layout/crumb-name';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { StatusBadge } from '@/components/ui/status-badge';
import { UrlTabs } from '@/components/ui/url-tabs';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import { EndpointCard } from './endpoint-card';
import { Playground } from './playground/playground';

// A tab comes when it is opened.
const loading = () => <Skeleton className="h-96" />;
const ReleaseList = dynamic(() => import('./releases/release-list').then((file) => file.ReleaseList), { loading });
const ConversationList = dynamic(
  () => import('./conversations/conversation-list').then((file) => file.ConversationList),
  { loading },
);
const AgentAnalytics = dynamic(() => import('./agent-analytics').then((file) => file.AgentAnalytics), { loading });
const AgentSettings = dynamic(() => import('./agent-settings').then((file) => file.AgentSettings), { loading });

export function AgentPage({ id }: { id: string }) {
  const query = trpc.agents.get.useQuery({ id });
  const writes = useMay('agents:write');
  const agent = query.data;
  if (!agent) {
    if (query.error)
      return (
        <ErrorPanel title="This agent could not be shown" error={query.error} onRetry={() => void query.refetch()} />
      );
    return <Skeleton className="h-96" />;
  }
  return (
    <>
      <CrumbName name={agent.name} />
      <PageHeader
        title={agent.name}
        badge={
          agent.active ? (
            <StatusBadge tone="good">Answers with {agent.active.target.label}</StatusBadge>
          ) : (
            <StatusBadge tone="warn">No model yet</StatusBadge>
          )
        }
        summary={
          <span className="inline-flex items-center gap-1">
            <span className="font-mono text-sm">{agent.slug}</span>
            <CopyButton value={agent.slug} label="Copy slug" />
            {agent.description && <span>· {agent.description}</span>}
          </span>
        }
      />
      <UrlTabs
        aria-label="Parts of this agent"
        tabs={[
          {
            value: 'playground',
            label: 'Playground',
            content: (
              <div className="grid gap-4">
                <Playground agent={agent} />
                <EndpointCard slug={agent.slug} />
              </div>
            ),
          },
          {
            value: 'releases',
            label: 'Releases',
            count: agent.releases.length,
            content: <ReleaseList agent={agent} />,
          },
          { value: 'conversations', label: 'Conversations', content: <ConversationList agent={agent} /> },
          { value: 'analytics', label: 'Analytics', content: <AgentAnalytics agentId={agent.id} /> },
          ...(writes ? [{ value: 'settings', label: 'Settings', content: <AgentSettings agent={agent} /> }] : []),
        ]}
      />
    </>
  );
}
