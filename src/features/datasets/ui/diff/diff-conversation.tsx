'use client';

import { cn } from '@/components/ui/cn';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Skeleton } from '@/components/ui/skeleton';
import { trpc } from '@/trpc/client';
import type { DiffRow } from '../../diff.schema';
import { splitNames } from '../../split.rules';
import type { Span } from '../../word-diff.rules';
import { visible } from '../change/prepare-marks';
import { type PairedMessage, pairMessages, saidIn } from '../change/prepare-pair';
import { roleName } from '../prepare-message';

interface DiffConversationProps extends DiffRow {
  datasetId: string;
}

/** One row on both sides as one conversation, with the words that went and those that came. */
export function DiffConversation({ datasetId, before, after }: DiffConversationProps) {
  const old = useBody(datasetId, before?.id);
  // A row that moved has the same text on both sides.
  const fresh = useBody(datasetId, after?.id);
  const error = old.error ?? fresh.error;
  if (error) {
    const retry = () => void Promise.all([old.refetch(), fresh.refetch()]);
    return <ErrorPanel title="This row could not be shown" error={error} onRetry={retry} />;
  }
  if ((before && !old.data) || (after && !fresh.data)) return <Skeleton className="h-24" />;
  const said = (body: string | undefined) => (body === undefined ? [] : saidIn(body));
  const pairs = pairMessages(said(old.data?.body), said(fresh.data?.body));
  return (
    <>
      {before && after && before.split !== after.split && (
        <p className="mb-2 text-muted text-sm">
          {`Moved from ${splitNames[before.split].toLowerCase()} to ${splitNames[after.split].toLowerCase()}.`}
        </p>
      )}
      <ol className="grid gap-3">
        {pairs.map((pair, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages never change their order here
          <li key={index}>
            <MessagePair pair={pair} />
          </li>
        ))}
      </ol>
    </>
  );
}

function useBody(datasetId: string, id: string | undefined) {
  return trpc.datasets.example.useQuery(
    { datasetId, id: id ?? '' },
    { enabled: id !== undefined, staleTime: Number.POSITIVE_INFINITY },
  );
}

const EDGE = {
  same: 'border-line',
  changed: 'border-info',
  added: 'border-good',
  removed: 'border-bad',
} as const;

/** + and − stand for whole messages; within a message the words are marked. */
function MessagePair({ pair }: { pair: PairedMessage }) {
  const said = pair.after ?? pair.before;
  if (!said) return null;
  const fate = pair.same ? 'same' : !pair.before ? 'added' : !pair.after ? 'removed' : 'changed';
  const renamed = pair.before && pair.after && pair.before.role !== pair.after.role;
  return (
    <div className={cn('border-l-2 pl-3 text-sm', EDGE[fate])}>
      <p className="mb-0.5 font-medium">
        {renamed && <del className="text-bad">{roleName({ role: pair.before?.role ?? '', name: null })}</del>}
        {renamed && ' '}
        {roleName({ role: said.role, name: null })}
        {fate === 'added' && <span className="font-normal text-good"> + added</span>}
        {fate === 'removed' && <span className="font-normal text-bad"> − removed</span>}
        {fate === 'changed' && <span className="font-normal text-info"> ± changed</span>}
      </p>
      <p className={cn('whitespace-pre-wrap break-words', fate === 'same' && 'text-muted')}>
        {pair.same ? said.text : pair.spans.map(toMark)}
      </p>
    </div>
  );
}

function toMark({ kind, text }: Span, index: number) {
  if (kind === 'same') return <span key={index}>{text}</span>;
  return kind === 'removed' ? (
    <del key={index} className="rounded-xs bg-bad-soft text-bad line-through">
      {visible(text)}
    </del>
  ) : (
    <ins key={index} className="rounded-xs bg-good-soft text-good underline decoration-1 underline-offset-2">
      {visible(text)}
    </ins>
  );
}
