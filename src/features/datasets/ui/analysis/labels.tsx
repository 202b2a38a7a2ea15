'use client';

import { useState } from 'react';
import { BarChart } from '@/components/charts/bar-chart';
import { Select } from '@/components/ui/select';
import { formatCount, formatPercent } from '@/lib/format';
import type { LabelField, LabelValue } from '../../analysis.schema';
import { TableCard, type ValueColumn } from './table-card';

const BARS = 12;
const nameOf = (field: LabelField): string => field.name ?? 'Answer';

/** What answers say where they are labels: one field at a time, as bars and as a table. */
export function Labels({ fields, answers }: { fields: readonly LabelField[]; answers: number }) {
  const [chosen, setChosen] = useState(0);
  const field = fields[chosen] ?? fields[0];
  if (!field) return null;
  const bars = field.values.slice(0, BARS).map(({ text, count }) => ({ name: cut(text), range: text, value: count }));
  return (
    <TableCard
      key={nameOf(field)}
      title={field.name === null ? 'Labels' : `Labels: ${field.name}`}
      note={noteOf(field, answers)}
      actions={
        fields.length > 1 && (
          <Select
            aria-label="Field of the answers"
            size="sm"
            className="w-40"
            options={fields.map((one, place) => ({
              value: String(place),
              label: nameOf(one),
              hint: `${formatCount(one.distinct)} values`,
            }))}
            value={String(chosen)}
            onValueChange={(place) => setChosen(Number(place))}
          />
        )
      }
      chart={
        field.distinct > 1 &&
        (field.values[0]?.count ?? 0) > 1 && (
          <BarChart
            label={`Examples by ${nameOf(field)}`}
            bars={bars}
            xName=""
            valueName="answers"
            formatValue={(value) => formatCount(value)}
          />
        )
      }
      rows={field.values}
      columns={columnsOf(field.count)}
      rowId={({ text }) => text}
      empty="No values."
    />
  );
}

const cut = (text: string): string => (text.length > 14 ? `${text.slice(0, 13)}…` : text);

const columnsOf = (count: number): ValueColumn<LabelValue>[] => [
  { id: 'value', header: 'Value', value: ({ text }) => text },
  { id: 'count', header: 'Answers', value: (row) => row.count },
  { id: 'share', header: 'Share', value: (row) => row.count / Math.max(1, count), percent: true },
  { id: 'train', header: 'Training', value: ({ splits }) => splits[0] },
  { id: 'validation', header: 'Validation', value: ({ splits }) => splits[1] },
  { id: 'holdout', header: 'Held out', value: ({ splits }) => splits[2] },
];

function noteOf({ name, count, distinct, capped, numbers, values }: LabelField, answers: number): string {
  const share = formatPercent(count / Math.max(1, answers));
  const first = name === null ? `${share} of the answers are short and come back` : `In ${share} of the answers`;
  const more = capped ? 'more than ' : '';
  const shown = values.length < distinct ? `, the ${values.length} most frequent are shown` : '';
  const range = numbers
    ? ` Numbers from ${formatCount(numbers.min, 4)} to ${formatCount(numbers.max, 4)}, ${formatCount(numbers.mean, 2)} on average.`
    : '';
  return `${first}: ${more}${formatCount(distinct)} ${distinct === 1 ? 'value' : 'values'}${shown}.${range}`;
}
