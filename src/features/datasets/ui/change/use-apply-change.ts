'use client';

import { parseAsInteger, useQueryState } from 'nuqs';
import { useState } from 'react';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import type { ChangeMade, DatasetChange } from '../../change.schema';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';

const UNDO_MS = 10_000;

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'That did not work. Nothing was changed; try again.';

/** Makes the next version out of one. The page moves on to it, and a toast offers the way back. */
function useMakeVersion(datasetId: string) {
  const utils = trpc.useUtils();
  const [, setShown] = useQueryState('version', parseAsInteger);
  const mutation = trpc.datasets.change.useMutation();
  const arrive = async () => {
    await utils.datasets.get.invalidate({ id: datasetId });
    void utils.datasets.list.invalidate();
    void setShown(null);
  };
  const undo = async (made: ChangeMade, before: VersionSummary) => {
    try {
      const change = { kind: 'goBack', number: before.number } as const;
      const back = await utils.client.datasets.change.mutate({ datasetId, versionId: made.versionId, change });
      await arrive();
      toast.success(`v${before.number} is back, as v${back.number}`);
    } catch (error) {
      toast.error(messageOf(error));
    }
  };
  const make = async (change: DatasetChange, on: VersionSummary): Promise<ChangeMade> => {
    const made = await mutation.mutateAsync({ datasetId, versionId: on.id, change });
    await arrive();
    if (made.status !== 'ready') toast.info(`v${made.number} is being made. You can leave this page.`);
    else
      toast.success(`Saved as v${made.number}`, {
        action: { label: 'Undo', onClick: () => void undo(made, on) },
        duration: UNDO_MS,
      });
    return made;
  };
  return { make, mutation };
}

/** For a change that is made at one click: what goes wrong is said in a toast. */
export function useDirectChange(datasetId: string) {
  const { make, mutation } = useMakeVersion(datasetId);
  return {
    pending: mutation.isPending,
    apply: (change: DatasetChange, on: VersionSummary): Promise<ChangeMade | null> =>
      make(change, on).catch((error: unknown) => {
        toast.error(messageOf(error));
        return null;
      }),
  };
}

/**
 * For a change that somebody prepares: when another version was made meanwhile nothing happens, `conflict` holds that version,
 * and `moveOn` makes it (or the version it is given) the one that the change goes on top of.
 */
export function useApplyChange(dataset: Pick<DatasetDetail, 'id'>, version: VersionSummary) {
  const utils = trpc.useUtils();
  // The version that was on screen when this began: rows looked at there may be others in a newer one.
  const [base, setBase] = useState(version);
  const [conflict, setConflict] = useState<VersionSummary | null>(null);
  const { make, mutation } = useMakeVersion(dataset.id);
  const fetchDataset = () => utils.datasets.get.fetch({ id: dataset.id }, { staleTime: 0 }).catch(() => null);
  const lookForConflict = async () => {
    const fresh = await fetchDataset();
    const newest = fresh?.pending ?? fresh?.version;
    if (newest && newest.id !== base.id) setConflict(newest);
  };
  return {
    base,
    /** @returns null when it was not made; `error` or `conflict` then says why */
    apply: async (change: DatasetChange): Promise<ChangeMade | null> => {
      try {
        return await make(change, base);
      } catch {
        await lookForConflict();
        return null;
      }
    },
    pending: mutation.isPending,
    error: conflict ? null : mutation.error,
    conflict,
    moveOn: async (to?: VersionSummary) => {
      const next = to ?? (await fetchDataset())?.version;
      if (next) setBase(next);
      setConflict(null);
      mutation.reset();
    },
  };
}
