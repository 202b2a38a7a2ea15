'use client';

import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { KeyValues } from '@/components/ui/key-values';
import { MoneyText } from '@/components/ui/money-text';
import { RelativeTime } from '@/components/ui/relative-time';
import { Sheet } from '@/components/ui/sheet';
import { Skeleton } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toast';
import { formatCount } from '@/lib/format';
import { formatDuration } from '@/lib/time';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { ConversationDetail } from '../../conversation.schema';

interface ConversationSheetProps {
  id: string | null;
  onClose: () => void;
}

/** One conversation, readable, with its figures and a rating. */
export function ConversationSheet({ id, onClose }: ConversationSheetProps) {
  const call = trpc.agents.conversation.useQuery({ id: id ?? '' }, { enabled: id !== null });
  return (
    <Sheet title="Conversation" open={id !== null} onOpenChange={(open) => !open && onClose()}>
      {call.error ? (
        <ErrorPanel
          title="This conversation could not be shown"
          error={call.error}
          onRetry={() => void call.refetch()}
        />
      ) : call.data ? (
        <Conversation call={call.data} />
      ) : (
        <Skeleton className="h-64" />
      )}
    </Sheet>
  );
}

function Conversation({ call }: { call: ConversationDetail }) {
  const rates = useMay('agents:call');
  const utils = trpc.useUtils();
  const rate = trpc.agents.rate.useMutation({
    onSuccess: () =>
      Promise.all([
        utils.agents.conversation.invalidate({ id: call.id }),
        utils.agents.conversations.invalidate(),
        utils.agents.analytics.invalidate(),
      ]),
    onError: (error) => toast.error(error.message),
  });
  const vote = (rating: 1 | -1) =>
    rate.mutate({ conversationId: call.id, rating: call.rating === rating ? null : rating });
  return (
    <div className="grid gap-5">
      <ol className="grid gap-3">
        {call.messages.map((message) => (
          <li key={message.seq}>
            <div className="mb-1 text-faint text-xs">{message.role}</div>
            <p
              className={`whitespace-pre-wrap break-words rounded-lg px-3 py-2 ${message.role === 'user' ? 'bg-accent-soft' : 'bg-sunken'}`}
            >
              {message.content || <em className="text-muted">no text</em>}
            </p>
          </li>
        ))}
        {call.messages.length === 0 && <li className="text-muted">This agent keeps figures only, no text.</li>}
      </ol>
      {call.error && (
        <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad text-sm">
          {call.error}
        </p>
      )}
      {rates && (
        <div className="flex gap-2">
          <Button aria-pressed={call.rating === 1} onClick={() => vote(1)}>
            <ThumbsUp className={call.rating === 1 ? 'text-good' : ''} /> Good
          </Button>
          <Button aria-pressed={call.rating === -1} onClick={() => vote(-1)}>
            <ThumbsDown className={call.rating === -1 ? 'text-bad' : ''} /> Bad
          </Button>
        </div>
      )}
      <KeyValues
        items={[
          ['Release', call.release],
          ['Came through', call.source === 'api' ? 'API' : 'playground'],
          ['Tokens', `${formatCount(call.tokensIn)} in, ${formatCount(call.tokensOut)} out`],
          ['Cost', <MoneyText key="cost" amount={call.cost} />],
          ['Time', call.latencyMs === null ? null : formatDuration(call.latencyMs)],
          ['When', <RelativeTime key="when" date={call.createdAt} />],
        ]}
      />
    </div>
  );
}
