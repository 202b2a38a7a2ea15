'use client';

import { useState } from 'react';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { formatCount } from '@/lib/format';
import type { DuplicateCluster, VersionAnalysis } from '../../analysis.schema';
import type { RowWord } from '../../left-out.rules';
import { TableCard, type ValueColumn } from './table-card';

interface DuplicatesProps {
  duplicates: VersionAnalysis['duplicates'];
  rows: number;
  /** What the number of a row is called. */
  word: RowWord;
  hrefOf: (id: string) => string;
}

const kinds = [
  { value: 'exact', label: 'Exact' },
  { value: 'near', label: 'Nearly the same' },
] as const;

/** Examples that say the same as others, in groups. */
export function Duplicates({ duplicates, rows, word, hrefOf }: DuplicatesProps) {
  const [chosen, setChosen] = useState<(typeof kinds)[number]['value']>('exact');
  const kind = duplicates.near ? chosen : 'exact';
  const { clusters, examples, largest } = duplicates[kind] ?? duplicates.exact;
  const counted = `${formatCount(clusters)} ${clusters === 1 ? 'group' : 'groups'} with ${formatCount(examples)} of ${formatCount(rows)} examples`;
  return (
    <TableCard
      key={kind}
      title="Duplicates"
      note={clusters === 0 ? undefined : `${counted}${largest.length < clusters ? ', the largest are shown' : ''}.`}
      actions={
        duplicates.near && (
          <SegmentedControl aria-label="Which duplicates" options={kinds} value={kind} onValueChange={setChosen} />
        )
      }
      rows={largest}
      columns={kind === 'near' ? [...columns(word), texts] : columns(word)}
      rowId={({ id }) => id}
      rowHref={({ id }) => hrefOf(id)}
      empty={kind === 'exact' ? 'No example is there twice.' : 'No examples are nearly the same.'}
    />
  );
}

const columns = (word: RowWord): ValueColumn<DuplicateCluster>[] => [
  { id: 'question', header: 'Question of the first', value: ({ question }) => question, width: '35%' },
  { id: 'answer', header: 'Its answer', value: ({ answer }) => answer, cell: ({ answer }) => <Text>{answer}</Text> },
  { id: 'lines', header: `${word}s`, value: linesOf, cell: (row) => <Text>{linesOf(row)}</Text> },
  { id: 'count', header: 'Examples', value: ({ count }) => count },
];
const texts: ValueColumn<DuplicateCluster> = { id: 'texts', header: 'Texts', value: (row) => row.texts };

function linesOf({ lines, count }: DuplicateCluster): string {
  return `${lines.join(', ')}${lines.length < count ? ' …' : ''}`;
}

const Text = ({ children }: { children: string }) => <span className="line-clamp-2 break-words">{children}</span>;
