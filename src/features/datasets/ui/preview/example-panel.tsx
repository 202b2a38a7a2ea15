'use client';

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { cn } from '@/components/ui/cn';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { IconButton } from '@/components/ui/icon-button';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import { rowWord } from '../../left-out.rules';
import { ExampleActions } from './example-actions';
import { ExampleReader } from './example-reader';

const EditPanel = dynamic(() => import('../change/edit-panel').then((file) => file.EditPanel), {
  ssr: false,
  loading: () => <Skeleton className="h-64" />,
});

interface ExamplePanelProps {
  dataset: DatasetDetail;
  version: VersionSummary;
  id: string;
  neighbours: { before: string | undefined; after: string | undefined };
  /** Null: nothing can be changed here. */
  changes: {
    editing: boolean;
    onEdit: (editing: boolean) => void;
    /** The example of that line changed with the version that was made. */
    onChanged: (versionId: string, line: number) => void;
  } | null;
  onOpen: (id: string | null) => void;
}

/** One example beside the list: to read, with its tokens, as the line that arrived, or to edit. */
export function ExamplePanel({ dataset, version, id, neighbours, changes, onOpen }: ExamplePanelProps) {
  const query = trpc.datasets.example.useQuery(
    { datasetId: dataset.id, id },
    { placeholderData: (previous) => previous, staleTime: Number.POSITIVE_INFINITY },
  );
  const example = query.data;
  const word = rowWord(version.rowsNumbered);
  const editing = changes?.editing === true && example?.id === id;
  return (
    <section
      aria-label="Example"
      className="flex max-h-[calc(100dvh-7rem)] min-w-0 flex-col rounded-lg border bg-raised max-lg:order-first lg:sticky lg:top-16"
    >
      <header className="flex items-center gap-1 border-b py-2 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate font-semibold">
          {example ? `${editing ? `Edit ${word.toLowerCase()}` : word} ${formatCount(example.line)}` : 'Example'}
        </h2>
        {changes && example && !editing && (
          <ExampleActions
            dataset={dataset}
            version={version}
            example={example}
            onEdit={() => changes.onEdit(true)}
            onChanged={(versionId) => changes.onChanged(versionId, example.line)}
          />
        )}
        <CopyButton value={typeof window === 'undefined' ? '' : linkTo(id)} label="Copy link to this example" />
        <Step label="Previous example" id={neighbours.before} onOpen={onOpen}>
          <ChevronUp />
        </Step>
        <Step label="Next example" id={neighbours.after} onOpen={onOpen}>
          <ChevronDown />
        </Step>
        <IconButton size="sm" label="Close example" onClick={() => onOpen(null)}>
          <X />
        </IconButton>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <div className={cn('min-h-0 flex-1 overflow-y-auto p-4', editing && 'pb-0')} tabIndex={0}>
        {query.error ? (
          <ErrorPanel
            title="This example could not be shown"
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        ) : !example ? (
          <Skeleton className="h-64" />
        ) : editing && changes ? (
          <EditPanel
            key={id}
            dataset={dataset}
            version={version}
            example={example}
            onClose={() => changes.onEdit(false)}
            onSaved={(versionId) => {
              changes.onEdit(false);
              changes.onChanged(versionId, example.line);
            }}
          />
        ) : (
          <ExampleReader datasetId={dataset.id} example={example} off={new Set(dataset.signalsOff)} />
        )}
      </div>
    </section>
  );
}

interface StepProps {
  label: string;
  id: string | undefined;
  onOpen: (id: string) => void;
  children: React.ReactNode;
}

function Step({ label, id, onOpen, children }: StepProps) {
  return (
    <IconButton size="sm" label={label} disabled={id === undefined} onClick={() => id !== undefined && onOpen(id)}>
      {children}
    </IconButton>
  );
}

function linkTo(id: string): string {
  const url = new URL(window.location.href);
  url.searchParams.set('example', id);
  return url.href;
}
