'use client';

import { useState } from 'react';
import { CodeBlock } from '@/components/ui/code-block';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import type { ExampleDetail } from '../../dataset.schema';
import { CUT_CHARACTERS } from '../../example-tokens.rules';
import type { FlagName } from '../../flag.rules';
import { Conversation } from './conversation';
import { ExampleFigures } from './example-figures';

type Form = 'conversation' | 'tokens' | 'line';

interface ExampleReaderProps {
  datasetId: string;
  example: ExampleDetail;
  /** Quality signals that do not count here. */
  off: ReadonlySet<FlagName>;
}

/** One example to read: as a conversation, with its tokens marked, or as the line that arrived. */
export function ExampleReader({ datasetId, example, off }: ExampleReaderProps) {
  const [form, setForm] = useState<Form>('conversation');
  const tokens = trpc.datasets.exampleTokens.useQuery(
    { datasetId, id: example.id },
    { staleTime: Number.POSITIVE_INFINITY, retry: false },
  );
  const marked = form === 'tokens';
  const cut = tokens.data?.messages.some(({ ends }) => ends.length > 0);
  return (
    <>
      <ExampleFigures example={example} off={off} />
      <SegmentedControl
        aria-label="Show as"
        className="mb-3"
        options={[
          { value: 'conversation', label: 'Conversation' },
          { value: 'tokens', label: 'Tokens' },
          { value: 'line', label: 'Line as it arrived' },
        ]}
        value={form}
        onValueChange={setForm}
      />
      {marked && (
        <p className="mb-2 text-muted text-sm">
          {tokens.error
            ? `Tokens could not be marked: ${tokens.error.message}`
            : tokens.data && !cut
              ? `Tokens are marked in examples of up to ${formatCount(CUT_CHARACTERS)} letters; this one is longer.`
              : 'Each shade is one token; coloured ones are trained on.'}
        </p>
      )}
      {form === 'line' ? (
        <CodeBlock code={example.body} title="Line" wrap maxHeight={40} />
      ) : (
        <Conversation messages={example.messages} tokens={tokens.data} marked={marked} />
      )}
    </>
  );
}
