'use client';

import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Spinner } from '@/components/ui/spinner';
import { formatDuration } from '@/lib/time';
import { trpc } from '@/trpc/client';
import type { Turn } from './use-chat';

interface ChatColumnProps {
  label: string;
  header: ReactNode;
  turns: readonly Turn[];
  busy: boolean;
  empty: ReactNode;
}

/** What was said, newest at the bottom. Follows the answer while it is written. */
export function ChatColumn({ label, header, turns, busy, empty }: ChatColumnProps) {
  const end = useRef<HTMLDivElement>(null);
  const last = turns.at(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls with every piece of the answer
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [last?.content, last?.error]);
  return (
    <section aria-label={label} className="flex min-h-0 min-w-0 flex-col">
      <div className="border-b px-4 py-2.5">{header}</div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className="h-[46vh] min-h-64 overflow-y-auto px-4 py-4" role="log" aria-busy={busy} tabIndex={0}>
        {turns.length === 0 && <div className="grid h-full place-items-center text-center text-muted">{empty}</div>}
        <ol className="grid gap-4">
          {turns.map((turn) => (
            <li key={turn.id}>
              <Said turn={turn} writing={busy && turn === last} />
            </li>
          ))}
        </ol>
        <div ref={end} />
      </div>
    </section>
  );
}

function Said({ turn, writing }: { turn: Turn; writing: boolean }) {
  const mine = turn.role === 'user';
  return (
    <div className={mine ? 'ml-8' : 'mr-8'}>
      <div className="mb-1 text-faint text-xs">{mine ? 'You' : 'Assistant'}</div>
      <div
        className={`whitespace-pre-wrap break-words rounded-lg px-3 py-2 ${mine ? 'bg-accent-soft' : 'bg-sunken'}`}
        data-role={turn.role}
      >
        {turn.content || (writing ? <Spinner /> : <em className="text-muted">no text</em>)}
      </div>
      {turn.error && (
        <p role="alert" className="mt-1 text-bad text-sm">
          {turn.error}
        </p>
      )}
      {turn.latencyMs !== undefined && (
        <div className="mt-1 flex items-center gap-1 text-faint text-xs">
          {formatDuration(turn.latencyMs)}
          {turn.tokens !== undefined && ` · ${turn.tokens} tokens`}
          {turn.conversationId && <Rate conversationId={turn.conversationId} />}
        </div>
      )}
    </div>
  );
}

function Rate({ conversationId }: { conversationId: string }) {
  const utils = trpc.useUtils();
  const rate = trpc.agents.rate.useMutation({
    onSuccess: () => Promise.all([utils.agents.conversations.invalidate(), utils.agents.analytics.invalidate()]),
  });
  const rated = rate.isSuccess ? rate.variables.rating : null;
  return (
    <span className="ml-1 inline-flex">
      {([1, -1] as const).map((rating) => (
        <IconButton
          key={rating}
          size="sm"
          variant="ghost"
          label={rating === 1 ? 'Good answer' : 'Bad answer'}
          aria-pressed={rated === rating}
          onClick={() => rate.mutate({ conversationId, rating: rated === rating ? null : rating })}
        >
          {rating === 1 ? (
            <ThumbsUp className={rated === 1 ? 'text-good' : ''} />
          ) : (
            <ThumbsDown className={rated === -1 ? 'text-bad' : ''} />
          )}
        </IconButton>
      ))}
    </span>
  );
}
