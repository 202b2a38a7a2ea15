'use client';

import { useCallback, useState } from 'react';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import type { BulkKind, BulkTask } from '../change/prepare-change';
import { useDirectChange } from '../change/use-apply-change';
import { ALL_SELECTED, NOTHING_SELECTED, selectionState, toggleRow } from './prepare-selection';
import type { ExampleFilters } from './use-example-filters';
import { type ExampleRows, PAGE_ROWS } from './use-example-rows';
import { useTableKeys } from './use-table-keys';

export type RowTask = BulkTask | { kind: 'add' };

interface Work {
  dataset: DatasetDetail;
  version: VersionSummary;
  filters: ExampleFilters;
  data: ExampleRows;
}

/** What somebody is doing with the rows: which one is open or edited, which are selected, where the keys are. */
export function useRowWork({ dataset, version, filters, data }: Work) {
  const utils = trpc.useUtils();
  const { setFilters, input, filters: address } = filters;
  const list = JSON.stringify([dataset.id, input, address.sort]);
  const [cursor, setCursor] = useState(-1);
  const [selection, setSelection] = useState(NOTHING_SELECTED);
  const [editing, setEditing] = useState(false);
  const [task, setTask] = useState<RowTask | null>(null);
  // Other rows: what was selected among the former ones is not meant any more.
  const [seen, setSeen] = useState({ list, versionId: version.id });
  if (seen.list !== list || seen.versionId !== version.id) {
    setSeen({ list, versionId: version.id });
    setSelection(NOTHING_SELECTED);
    if (seen.list !== list) setCursor(-1);
  }
  const writes = useMay('datasets:write');
  // Only the newest version can be changed, and only when nothing newer is on its way.
  const changeable = writes && version.status === 'ready' && version.id === dataset.version.id;
  const { apply } = useDirectChange(dataset.id);

  const open = useCallback(
    (id: string | null, index: number) => {
      setEditing(false);
      if (index >= 0) setCursor(index);
      void setFilters({ example: id });
    },
    [setFilters],
  );
  const { rows, first } = data;
  const toggle = useCallback(
    (index: number, range: boolean) => {
      setCursor(index);
      setSelection((before) => toggleRow(before, { rows: rows ?? [], first }, index, range));
    },
    [rows, first],
  );

  /** A row that was changed is another row in the next version: shows the one on its line, or none. */
  const follow = async (versionId: string, line: number) => {
    const page = await utils.datasets.examples
      .fetch({ datasetId: dataset.id, versionId, line, limit: 1 })
      .catch(() => null);
    void setFilters({ example: page?.items[0]?.id ?? null });
  };

  const rowAt = (index: number) => rows?.[index - first];
  /** Copies are made of rows that are named, so all that match are named first; they are few then. */
  const duplicateAll = async () => {
    const ids: string[] = [];
    try {
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: { items: { id: string }[]; nextCursor: string | null } = await utils.datasets.examples.fetch({
          ...{ datasetId: dataset.id, versionId: version.id, limit: PAGE_ROWS, ...input, cursor },
        });
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      setTask({ kind: 'duplicate', rows: { ids } });
    } catch (error) {
      toast.error(error instanceof Error ? error.message : 'The rows could not be loaded. Try again.');
    }
  };
  const begin = (kind: BulkKind | 'add') => {
    if (kind === 'add') setTask({ kind });
    else if (kind === 'duplicate' && selection.all) void duplicateAll();
    else if (selection.ids.size > 0) setTask({ kind, rows: { ids: [...selection.ids] } });
    else setTask({ kind, rows: { filter: input } });
  };
  const removeOne = async (row: { id: string; line: number }) => {
    const made = await apply({ kind: 'delete', ids: [row.id] }, version);
    if (made && address.example === row.id) void setFilters({ example: null });
  };

  useTableKeys(
    {
      move: (by) => {
        const from = cursor >= 0 ? cursor : Math.max(0, data.top) - (by > 0 ? 1 : 0);
        const next = Math.max(0, Math.min(data.count - 1, from + by));
        setCursor(next);
        const row = rowAt(next);
        if (row && address.example !== null && !editing) void setFilters({ example: row.id });
      },
      open: () => {
        const row = rowAt(cursor);
        if (row) open(row.id, cursor);
      },
      select: () => {
        if (changeable && cursor >= 0) toggle(cursor, false);
      },
      edit: () => {
        const id = address.example ?? rowAt(cursor)?.id;
        if (!changeable || id === undefined) return;
        void setFilters({ example: id });
        setEditing(true);
      },
      remove: () => {
        const row = rows?.find(({ id }) => id === address.example) ?? rowAt(cursor);
        if (!changeable) return;
        if (selectionState(selection) !== false) begin('delete');
        else if (row) void removeOne(row);
      },
      leave: () => {
        if (editing) setEditing(false);
        else if (address.example !== null) void setFilters({ example: null });
        else if (selectionState(selection) !== false) setSelection(NOTHING_SELECTED);
        else return false;
        return true;
      },
    },
    version.status === 'ready' && task === null,
  );

  return {
    ...{ list, cursor, selection, editing, task, open, toggle, begin },
    toggleAll: () => setSelection(selectionState(selection) === false ? ALL_SELECTED : NOTHING_SELECTED),
    clear: () => setSelection(NOTHING_SELECTED),
    end: () => setTask(null),
    changes: changeable
      ? {
          editing,
          onEdit: setEditing,
          onChanged: (versionId: string, line: number) => void follow(versionId, line),
        }
      : null,
  };
}
