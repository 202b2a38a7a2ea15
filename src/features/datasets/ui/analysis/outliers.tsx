'use client';

import { useState } from 'react';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { formatCount } from '@/lib/format';
import type { Outliers as Found, VersionAnalysis } from '../../analysis.schema';
import type { RowWord } from '../../left-out.rules';
import { TableCard, type ValueColumn } from './table-card';

interface OutliersProps {
  lengths: NonNullable<VersionAnalysis['lengths']>;
  /** What the number of a row is called. */
  word: RowWord;
  hrefOf: (id: string) => string;
}

const measures = [
  { value: 'tokens', label: 'All' },
  { value: 'trainableTokens', label: 'Trained on' },
] as const;

/** Examples that are far longer or shorter than the others. */
export function Outliers({ lengths, word, hrefOf }: OutliersProps) {
  const [measure, setMeasure] = useState<(typeof measures)[number]['value']>('tokens');
  const found = lengths[measure];
  const columns: ValueColumn<Found['rows'][number]>[] = [
    { id: 'line', header: word, value: ({ line }) => line, cell: ({ line }) => `${word} ${formatCount(line)}` },
    { id: 'tokens', header: 'Tokens', value: ({ value }) => value },
    {
      id: 'side',
      header: 'Why',
      value: ({ value }) => (value > found.high ? 'longer than most' : 'shorter than most'),
    },
  ];
  return (
    <TableCard
      key={measure}
      title="Unusual lengths"
      note={noteOf(found)}
      actions={
        <SegmentedControl aria-label="Which tokens" options={measures} value={measure} onValueChange={setMeasure} />
      }
      rows={found.rows}
      columns={columns}
      rowId={({ id }) => id}
      rowHref={({ id }) => hrefOf(id)}
      empty="No example is far longer or shorter than the others."
    />
  );
}

function noteOf({ low, high, below, above, rows }: Found): string {
  const shown = rows.length < below + above ? ' The furthest ones are shown.' : '';
  return `${formatCount(above)} above ${formatCount(high)} and ${formatCount(below)} below ${formatCount(low)} tokens: further off than twice the spread of the middle half, by ratio.${shown}`;
}
