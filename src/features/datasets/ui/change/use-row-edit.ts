'use client';

import { useState } from 'react';
import { trpc } from '@/trpc/client';
import type { DatasetDetail, ExampleDetail, VersionSummary } from '../../dataset.schema';
import type { RowChange } from './example-editor';
import { useApplyChange } from './use-apply-change';

/** What another version has made of the row that is being edited. */
export interface Meanwhile {
  version: VersionSummary;
  /** The row as it is there; null: it is not there any more. */
  other: ExampleDetail | null;
  /** Whether that is another text than the one that was edited. */
  differs: boolean;
}

interface RowEdit {
  dataset: DatasetDetail;
  version: VersionSummary;
  example: ExampleDetail;
  onSaved: (versionId: string) => void;
}

/**
 * The edit of one row. A row is another one, with another id, in each version that touched it: when nothing could be saved
 * because of that, it is found again in the newest version, and the next attempt goes there.
 */
export function useRowEdit({ dataset, version, example, onSaved }: RowEdit) {
  const utils = trpc.useUtils();
  const { base, apply, moveOn, pending, error, conflict } = useApplyChange(dataset, version);
  /** What the editor begins with, and what is known of the row: what it was when somebody last looked at it. */
  const [begun, setBegun] = useState<{ row: ExampleDetail; start?: string }>({ row: example });
  const [known, setKnown] = useState({ row: example, isThere: true });
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null);
  const [setAside, setSetAside] = useState<string | null>(null);

  const toChange = (body: string): RowChange =>
    known.isThere ? { kind: 'edit', id: known.row.id, body } : { kind: 'add', body, split: known.row.split };

  const lookAgain = async (body: string): Promise<boolean> => {
    const fresh = utils.datasets.get.getData({ id: dataset.id });
    const newest = fresh?.pending ?? fresh?.version;
    if (newest?.status !== 'ready') return false;
    const ref = { datasetId: dataset.id, versionId: newest.id, id: known.row.id };
    const other = await utils.client.datasets.exampleNow.query(ref).catch(() => undefined);
    if (other === undefined) return false;
    if (other?.body === body) {
      onSaved(newest.id);
      return true;
    }
    const isAsKnown = newest.id === base.id && other?.id === known.row.id;
    if (isAsKnown || (other === null && newest.id === base.id && !known.isThere)) return false;
    setMeanwhile({ version: newest, other, differs: other?.body !== known.row.body });
    setKnown({ row: other ?? known.row, isThere: other !== null });
    void moveOn(newest);
    return false;
  };

  return {
    ...{ base, begun, meanwhile, setAside, pending, conflict, moveOn, toChange },
    isThere: known.isThere,
    error: meanwhile ? null : error,
    save: async (change: RowChange): Promise<boolean> => {
      const made = await apply(change);
      if (!made) return lookAgain(change.body);
      onSaved(made.versionId);
      return true;
    },
    /** Shows the other text; what was written is set aside. */
    take: (other: ExampleDetail, written: string) => {
      setSetAside(written);
      setBegun({ row: other });
      setMeanwhile(null);
    },
    takeBack: () => {
      if (setAside !== null) setBegun({ row: known.row, start: setAside });
      setSetAside(null);
    },
  };
}
