'use client';

import { ErrorPanel } from '@/components/ui/error-panel';
import { Skeleton } from '@/components/ui/skeleton';
import { trpc } from '@/trpc/client';
import type { DiffRow } from '../../diff.schema';
import { splitNames } from '../../split.rules';
import { pairMessages, saidIn } from '../change/prepare-pair';
import { PairedMessages } from './paired-messages';

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
      <PairedMessages pairs={pairs} />
    </>
  );
}

function useBody(datasetId: string, id: string | undefined) {
  return trpc.datasets.example.useQuery(
    { datasetId, id: id ?? '' },
    { enabled: id !== undefined, staleTime: Number.POSITIVE_INFINITY },
  );
}
