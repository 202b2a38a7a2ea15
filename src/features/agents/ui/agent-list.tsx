'use client';

import { Bot, Plus } from 'lucide-react';
import { parseAsString, useQueryState } from 'nuqs';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import type { DataColumn } from '@/components/ui/data-table-column';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { SearchInput } from '@/components/ui/search-input';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { AgentSummary } from '../agent.schema';
import { AgentCreateDialog } from './agent-create-dialog';

const columns: DataColumn<AgentSummary>[] = [
  { id: 'name', header: 'Agent', cell: (agent) => agent.name },
  {
    id: 'slug',
    header: 'Slug',
    narrow: 'value',
    cell: (agent) => <span className="font-mono text-xs">{agent.slug}</span>,
  },
  {
    id: 'release',
    header: 'Answers with',
    narrow: 'value',
    cell: (agent) =>
      agent.release ? (
        <>
          {agent.release.modelLabel} <span className="text-faint">release {agent.release.number}</span>
        </>
      ) : (
        <span className="text-warn">no model yet</span>
      ),
  },
  {
    id: 'conversations',
    header: 'Conversations',
    align: 'right',
    cell: (agent) => formatCount(agent.conversations),
  },
  {
    id: 'last',
    header: 'Last call',
    align: 'right',
    cell: (agent) =>
      agent.lastConversationAt ? (
        <RelativeTime date={agent.lastConversationAt} />
      ) : (
        <span className="text-faint">never</span>
      ),
  },
];

export function AgentList() {
  const [search, setSearch] = useQueryState('q', parseAsString.withDefault(''));
  const agents = trpc.agents.list.useInfiniteQuery(
    { limit: 50, ...(search && { search }) },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const rows = agents.data?.pages.flatMap((page) => page.items);
  const writes = useMay('agents:write');
  const create = writes && (
    <AgentCreateDialog
      trigger={
        <Button variant="primary">
          <Plus /> New agent
        </Button>
      }
    />
  );
  return (
    <>
      <PageHeader
        title="Agents"
        summary="Stable names that your callers use, whatever model answers behind them."
        actions={create}
      />
      <div className="mb-3">
        <SearchInput
          value={search}
          onChange={(text) => void setSearch(text || null)}
          placeholder="Search name or slug"
        />
      </div>
      {agents.error && !rows ? (
        <ErrorPanel title="Agents could not be loaded" error={agents.error} onRetry={() => void agents.refetch()} />
      ) : (
        <Card flush>
          <DataTable
            label="Agents"
            columns={columns}
            rows={rows}
            rowId={(agent) => agent.id}
            rowHref={(agent) => `/dashboard/fine-tuning/agents/${agent.id}`}
            empty={
              <EmptyState icon={<Bot />} actions={search ? undefined : create}>
                {search
                  ? 'No agent matches this search.'
                  : 'An agent is a name with a system prompt: callers use it as the model of a chat completion, and you change what answers behind it.'}
              </EmptyState>
            }
            more={{
              available: agents.hasNextPage,
              pending: agents.isFetchingNextPage,
              onMore: () => void agents.fetchNextPage(),
            }}
          />
        </Card>
      )}
    </>
  );
}
