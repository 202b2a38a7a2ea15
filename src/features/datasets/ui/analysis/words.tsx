'use client';

import { LineChart } from '@/components/charts/line-chart';
import { Term } from '@/components/ui/term';
import { formatCount } from '@/lib/format';
import type { Tally, VersionAnalysis } from '../../analysis.schema';
import { TableCard, type ValueColumn } from './table-card';

interface VocabularyProps {
  vocabulary: VersionAnalysis['vocabulary'];
  answers: number;
}

/** Words of the answers: how many different ones, which ones, and whether new ones still come. */
export function Vocabulary({ vocabulary, answers }: VocabularyProps) {
  const { words, distinct, capped, frequent, growth } = vocabulary;
  const points = growth.map((point) => ({ x: point.words, y: point.distinct }));
  return (
    <TableCard
      title="Words of the answers"
      note={
        <>
          {formatCount(words)} words in {formatCount(answers)} {answers === 1 ? 'answer' : 'answers'},{' '}
          {capped && 'more than '}
          {formatCount(distinct)} different ones.{' '}
          <Term explain="Flattens when the answers use the same words again; keeps rising when every answer brings new ones.">
            How the vocabulary grows
          </Term>
        </>
      }
      chart={
        points.length > 1 && (
          <LineChart
            label="Different words by words read"
            series={[{ id: 'distinct', label: 'different words', points }]}
            xName="words read"
            yName="different words"
            formatX={(value) => formatCount(value)}
            formatY={(value) => formatCount(value)}
            height={180}
          />
        )
      }
      rows={frequent}
      columns={tallyColumns('Word', 'Times', words)}
      rowId={({ text }) => text}
      empty="The answers have no words."
    />
  );
}

/** How answers begin, where several begin alike. */
export function Openings({ openings, answers }: { openings: readonly Tally[]; answers: number }) {
  return (
    <TableCard
      title="Repeated openings"
      note="The first five words of answers that begin alike. A model learns to begin so too."
      rows={openings}
      columns={tallyColumns('Opening', 'Answers', answers)}
      rowId={({ text }) => text}
      empty="No two answers begin with the same five words."
    />
  );
}

const tallyColumns = (what: string, unit: string, all: number): ValueColumn<Tally>[] => [
  { id: 'text', header: what, value: ({ text }) => text },
  { id: 'count', header: unit, value: ({ count }) => count },
  { id: 'share', header: 'Share', value: ({ count }) => count / Math.max(1, all), percent: true },
];
