'use client';

import { Rows3 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Skeleton } from '@/components/ui/skeleton';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import { isByScore } from '../../example-sort.rules';
import { type RowWord, rowWord } from '../../left-out.rules';
import { isImporting } from '../dataset-status';
import { ExampleTable } from './example-table';
import { FilterBar } from './filter-bar';
import { FirstRows } from './first-rows';
import { knownMatches, tally } from './prepare-filters';
import { withoutSignals } from './prepare-score';
import { RowActions } from './row-actions';
import { RowDialogs } from './row-dialogs';
import { type ExampleFilters, useExampleFilters } from './use-example-filters';
import { type ExampleRows, useExampleRows } from './use-example-rows';
import { useRowWork } from './use-row-work';

const ExamplePanel = dynamic(() => import('./example-panel').then((file) => file.ExamplePanel), {
  loading: () => <Skeleton className="h-96" />,
});

interface PreviewProps {
  dataset: DatasetDetail;
  version: VersionSummary;
}

/** The rows of a version, the open one beside them, and everything one can do with them. */
export function Preview({ dataset, version }: PreviewProps) {
  const filters = useExampleFilters(dataset.signalsOff);
  const data = useJudgedRows(
    dataset,
    useExampleRows(dataset.id, version, { filter: filters.input, sort: filters.filters.sort }),
  );
  const work = useRowWork({ dataset, version, filters, data });
  if (version.status !== 'ready') return <NotReady dataset={dataset} version={version} />;
  const { rows } = data;
  const active = filters.filters.example;
  const { changes, selection } = work;
  const word = rowWord(version.rowsNumbered);
  const seen = { count: data.count, more: data.more };
  return (
    <div className="grid gap-3">
      <FilterBar
        filters={filters}
        version={version}
        stats={version.id === dataset.version.id ? dataset.stats : null}
        off={dataset.signalsOff}
      />
      <FullScoreNotice filters={filters} off={dataset.signalsOff.length} />
      {changes && (
        <RowActions
          selection={selection}
          matches={knownMatches(version, filters.input, seen)}
          filtered={filters.filtered}
          onTask={work.begin}
          onClear={work.clear}
        />
      )}
      {data.error && !rows ? (
        <ErrorPanel title="Examples could not be loaded" error={data.error} onRetry={data.retry} />
      ) : (
        <div
          className={cn(
            'grid items-start gap-4',
            active !== null &&
              (work.editing
                ? 'lg:grid-cols-[minmax(0,1fr)_minmax(0,36rem)]'
                : 'lg:grid-cols-[minmax(0,1fr)_minmax(0,28rem)]'),
          )}
        >
          <Card flush className="overflow-hidden">
            <ExampleTable
              key={work.list}
              data={data}
              activeId={active}
              cursor={work.cursor}
              word={word}
              selection={changes ? selection : null}
              onOpen={work.open}
              onToggle={work.toggle}
              onToggleAll={work.toggleAll}
              sort={filters.filters.sort}
              onSort={(sort) => void filters.setFilters({ sort })}
              empty={<NothingFound filters={filters} word={word} />}
            />
            {data.error ? (
              <ErrorPanel
                className="m-3"
                title="More examples could not be loaded"
                error={data.error}
                onRetry={data.retry}
              />
            ) : (
              // Also while another page of them is fetched: what is known of the list stays on the screen.
              (rows?.length ?? seen.count) > 0 && (
                <p className="border-t px-3 py-1.5 text-muted text-sm">
                  {tally({ all: version.rows, known: seen.count, more: seen.more, filtered: filters.filtered })}
                </p>
              )
            )}
          </Card>
          {active !== null && (
            <ExamplePanel
              dataset={dataset}
              version={version}
              id={active}
              neighbours={neighbours(rows, active)}
              changes={changes}
              onOpen={(id) => work.open(id, -1)}
            />
          )}
        </div>
      )}
      {work.task && <RowDialogs dataset={dataset} version={version} task={work.task} onClose={work.end} />}
    </div>
  );
}

/** Rows with the score that the signals make which count here. */
function useJudgedRows({ signalsOff }: DatasetDetail, data: ExampleRows): ExampleRows {
  const { rows } = data;
  // By their names: each message about the dataset brings another list of the same.
  const names = signalsOff.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names stand for the list
  const judged = useMemo(() => {
    const off = new Set(signalsOff);
    return rows?.map((row) => withoutSignals(row, off));
  }, [rows, names]);
  return { ...data, rows: judged };
}

/** What is looked up by score is looked up in the index, which is of all signals. */
function FullScoreNotice({ filters: { filters }, off }: { filters: ExampleFilters; off: number }) {
  const isFound = filters.worst !== null || filters.best !== null;
  const isSorted = isByScore(filters.sort);
  if (off === 0 || !(isFound || isSorted)) return null;
  return (
    <p className="text-muted text-sm">
      {`Rows are ${isFound ? 'found' : 'sorted'} by their full score, as if every signal counted; ${off === 1 ? '1 is' : `${off} are`} switched off here, so a score below may be higher than ${isFound ? 'what was asked for' : 'its place says'}.`}
    </p>
  );
}

function neighbours(rows: readonly { id: string }[] | undefined, id: string) {
  const at = rows?.findIndex((row) => row.id === id) ?? -1;
  return { before: at > 0 ? rows?.[at - 1]?.id : undefined, after: at >= 0 ? rows?.[at + 1]?.id : undefined };
}

function NotReady({ dataset, version }: PreviewProps) {
  // A change has no file; its rows are those of the version before until it is made.
  if (isImporting(version.status) && version.source !== 'edit')
    return <FirstRows datasetId={dataset.id} version={version} />;
  return (
    <Card flush>
      <EmptyState icon={<Rows3 />}>
        {isImporting(version.status)
          ? 'Examples appear here as soon as the change is made.'
          : 'This version has no examples: its file could not be used.'}
      </EmptyState>
    </Card>
  );
}

function NothingFound({ filters, word }: { filters: ExampleFilters; word: RowWord }) {
  if (!filters.filtered) return <EmptyState icon={<Rows3 />}>This version has no examples.</EmptyState>;
  return (
    <EmptyState icon={<Rows3 />} actions={<Button onClick={filters.clear}>Clear filters</Button>}>
      {filters.filters.line === null
        ? 'No example matches these filters.'
        : `${word} ${filters.filters.line} is not among the examples: a row with an error is left out.`}
    </EmptyState>
  );
}
