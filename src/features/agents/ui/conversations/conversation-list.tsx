'use client';

import { MessagesSquare, ThumbsDown, ThumbsUp } from 'lucide-react';
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import type { DataColumn } from '@/components/ui/data-table-column';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { MoneyText } from '@/components/ui/money-text';
import { RelativeTime } from '@/components/ui/relative-time';
import { SearchInput } from '@/components/ui/search-input';
import { Select } from '@/components/ui/select';
import { StatusBadge } from '@/components/ui/status-badge';
import { formatCount } from '@/lib/format';
import { formatDuration } from '@/lib/time';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { AgentDetail } from '../../agent.schema';
import type { ConversationSummary } from '../../conversation.schema';
import { ConversationSheet } from './conversation-sheet';
import { ImportDialog } from './import-dialog';

const ratings = ['any', 'up', 'down', 'rated'] as const;
const ratingOptions = [
  { value: 'any', label: 'Any rating' },
  { value: 'up', label: 'Rated good' },
  { value: 'down', label: 'Rated bad' },
  { value: 'rated', label: 'Rated' },
] as const;

const columns: DataColumn<ConversationSummary>[] = [
  {
    id: 'question',
    header: 'Question',
    cell: (call) => call.firstUserText || <span className="text-faint">no text kept</span>,
  },
  {
    id: 'answer',
    header: 'Answer',
    narrow: 'value',
    cell: (call) =>
      call.status === 'ok' ? (
        <span className="block max-w-72 truncate">{call.lastAnswer}</span>
      ) : (
        <StatusBadge tone={call.status === 'error' ? 'bad' : 'warn'}>
          {call.status === 'error' ? 'Failed' : 'Interrupted'}
        </StatusBadge>
      ),
  },
  {
    id: 'rating',
    header: 'Rating',
    cell: (call) =>
      call.rating === null ? null : call.rating > 0 ? (
        <ThumbsUp aria-label="good" className="size-4 text-good" />
      ) : (
        <ThumbsDown aria-label="bad" className="size-4 text-bad" />
      ),
  },
  { id: 'release', header: 'Release', align: 'right', cell: (call) => call.release },
  {
    id: 'tokens',
    header: 'Tokens in + out',
    align: 'right',
    cell: (call) => `${formatCount(call.tokensIn)} + ${formatCount(call.tokensOut)}`,
  },
  { id: 'cost', header: 'Cost', align: 'right', cell: (call) => <MoneyText amount={call.cost} /> },
  {
    id: 'latency',
    header: 'Time',
    align: 'right',
    cell: (call) => (call.latencyMs === null ? null : formatDuration(call.latencyMs)),
  },
  { id: 'when', header: 'When', align: 'right', cell: (call) => <RelativeTime date={call.createdAt} /> },
];

/** What went through the agent, newest first. What is filtered here is what an import takes. */
export function ConversationList({ agent }: { agent: AgentDetail }) {
  const imports = useMay('datasets:write');
  const [search, setSearch] = useQueryState('q', parseAsString.withDefault(''));
  const [rating, setRating] = useQueryState('rating', parseAsStringLiteral(ratings).withDefault('any'));
  const [openId, setOpenId] = useQueryState('conversation');
  const filter = { agentId: agent.id, rating, ...(search && { search }) };
  const calls = trpc.agents.conversations.useInfiniteQuery(
    { ...filter, limit: 50 },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const rows = calls.data?.pages.flatMap((page) => page.items);
  const filtered = search !== '' || rating !== 'any';
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchInput
          value={search}
          onChange={(text) => void setSearch(text || null)}
          placeholder="Search what was said"
        />
        <Select
          aria-label="Rating"
          className="w-40"
          options={ratingOptions}
          value={rating}
          onValueChange={(value) => void setRating(value === 'any' ? null : value)}
        />
        {imports && (
          <div className="ml-auto">
            <ImportDialog agent={agent} filter={filter} filtered={filtered} disabled={!rows || rows.length === 0} />
          </div>
        )}
      </div>
      {calls.error && !rows ? (
        <ErrorPanel
          title="Conversations could not be loaded"
          error={calls.error}
          onRetry={() => void calls.refetch()}
        />
      ) : (
        <Card flush>
          <DataTable
            label="Conversations"
            columns={columns}
            rows={rows}
            rowId={(call) => call.id}
            onRowClick={(call) => void setOpenId(call.id)}
            activeId={openId ?? undefined}
            empty={
              <EmptyState icon={<MessagesSquare />}>
                {filtered
                  ? 'No conversation matches this filter.'
                  : 'Every call of this agent is kept here, to be rated and to become training data.'}
              </EmptyState>
            }
            more={{
              available: calls.hasNextPage,
              pending: calls.isFetchingNextPage,
              onMore: () => void calls.fetchNextPage(),
            }}
          />
        </Card>
      )}
      <ConversationSheet id={openId} onClose={() => void setOpenId(null)} />
    </>
  );
}
