'use client';

import { formatCount } from '@/lib/format';
import type { VersionAnalysis } from '../../analysis.schema';
import { TableCard, type ValueColumn } from './table-card';

type Prompts = VersionAnalysis['systemPrompts'];
type Tool = VersionAnalysis['tools'][number];

/** Which system prompts the examples have: a model answers best with the one it was trained with. */
export function SystemPrompts({ prompts, examples }: { prompts: Prompts; examples: number }) {
  const { frequent, distinct, capped, without } = prompts;
  const columns: ValueColumn<Prompts['frequent'][number]>[] = [
    {
      id: 'text',
      header: 'System prompt',
      value: ({ text }) => text,
      cell: ({ text, characters }) => <Excerpt text={text} characters={characters} />,
    },
    { id: 'count', header: 'Examples', value: ({ count }) => count },
    { id: 'share', header: 'Share', value: ({ count }) => count / Math.max(1, examples), percent: true },
    { id: 'characters', header: 'Characters', value: ({ characters }) => characters },
  ];
  const many = `${capped ? 'More than ' : ''}${formatCount(distinct)} ${distinct === 1 ? 'prompt' : 'different prompts'}`;
  return (
    <TableCard
      title="System prompts"
      note={`${distinct === 0 ? 'None' : many}${frequent.length < distinct ? `, the ${frequent.length} most frequent are shown` : ''}. ${formatCount(without)} ${without === 1 ? 'example has' : 'examples have'} none.`}
      rows={frequent}
      columns={columns}
      rowId={({ text, characters, count }) => `${characters}/${count}/${text}`}
      empty="No example has a system prompt."
    />
  );
}

const Excerpt = ({ text, characters }: { text: string; characters: number }) => (
  <span className="line-clamp-2 break-words" title={text}>
    {text}
    {characters > text.length && '…'}
  </span>
);

/** Which tools the model is offered, and which ones it learns to call. */
export function Tools({ tools }: { tools: readonly Tool[] }) {
  return (
    <TableCard
      title="Tools"
      note="A tool that is offered and never called teaches the model to leave it alone."
      rows={tools}
      columns={toolColumns}
      rowId={({ name }) => name}
      empty="No tools."
    />
  );
}

const toolColumns: ValueColumn<Tool>[] = [
  { id: 'name', header: 'Tool', value: ({ name }) => name },
  { id: 'offered', header: 'Offered in', value: ({ offered }) => offered },
  { id: 'examples', header: 'Called in', value: ({ examples }) => examples },
  { id: 'calls', header: 'Calls', value: ({ calls }) => calls },
];
