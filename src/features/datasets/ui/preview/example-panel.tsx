'use client';

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { IconButton } from '@/components/ui/icon-button';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import type { ExampleDetail } from '../../dataset.schema';
import { splitNames } from '../prepare-analysis';
import { flagName } from '../prepare-message';
import { Conversation } from './conversation';

interface ExamplePanelProps {
  datasetId: string;
  id: string;
  neighbours: { before: string | undefined; after: string | undefined };
  onOpen: (id: string | null) => void;
}

/** One example beside the list: as a conversation, or as the line that arrived. */
export function ExamplePanel({ datasetId, id, neighbours, onOpen }: ExamplePanelProps) {
  const query = trpc.datasets.example.useQuery({ datasetId, id }, { placeholderData: (previous) => previous });
  const [form, setForm] = useState<'conversation' | 'line'>('conversation');
  const example = query.data;
  return (
    <section
      aria-label="Example"
      className="flex max-h-[calc(100dvh-7rem)] min-w-0 flex-col rounded-lg border bg-raised max-lg:order-first lg:sticky lg:top-16"
    >
      <header className="flex items-center gap-1 border-b py-2 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate font-semibold">
          {example ? `Line ${formatCount(example.line)}` : 'Example'}
        </h2>
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
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        {query.error ? (
          <ErrorPanel
            title="This example could not be shown"
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        ) : example ? (
          <>
            <Figures example={example} />
            <SegmentedControl
              aria-label="Show as"
              className="mb-3"
              options={[
                { value: 'conversation', label: 'Conversation' },
                { value: 'line', label: 'Line as it arrived' },
              ]}
              value={form}
              onValueChange={setForm}
            />
            {form === 'conversation' ? (
              <Conversation messages={example.messages} />
            ) : (
              <CodeBlock code={example.body} title="Line" wrap maxHeight={40} />
            )}
          </>
        ) : (
          <Skeleton className="h-64" />
        )}
      </div>
    </section>
  );
}

function Figures({ example }: { example: ExampleDetail }) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-1.5 text-muted text-sm">
      <span>
        {splitNames[example.split]} · {formatCount(example.tokens)} tokens, {formatCount(example.trainableTokens)}{' '}
        trained on
      </span>
      {example.flags.map((flag) => (
        <Badge key={flag} tone={flag === 'warning' || flag === 'duplicate' ? 'warn' : 'neutral'}>
          {flagName(flag)}
        </Badge>
      ))}
    </div>
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
