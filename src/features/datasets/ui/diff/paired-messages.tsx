import { cn } from '@/components/ui/cn';
import type { Span } from '../../word-diff.rules';
import { visible } from '../change/prepare-marks';
import type { PairedMessage } from '../change/prepare-pair';
import { roleName } from '../prepare-message';

/** Two texts of a conversation as one, with the words that went and those that came. */
export function PairedMessages({ pairs }: { pairs: readonly PairedMessage[] }) {
  return (
    <ol className="grid gap-3">
      {pairs.map((pair, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages never change their order here
        <li key={index}>
          <MessagePair pair={pair} />
        </li>
      ))}
    </ol>
  );
}

const EDGE = {
  same: 'border-line',
  changed: 'border-info',
  added: 'border-good',
  removed: 'border-bad',
} as const;

/** + and − stand for whole messages; within a message the words are marked. */
function MessagePair({ pair }: { pair: PairedMessage }) {
  const said = pair.after ?? pair.before;
  if (!said) return null;
  const fate = pair.same ? 'same' : !pair.before ? 'added' : !pair.after ? 'removed' : 'changed';
  const renamed = pair.before && pair.after && pair.before.role !== pair.after.role;
  return (
    <div className={cn('border-l-2 pl-3 text-sm', EDGE[fate])}>
      <p className="mb-0.5 font-medium">
        {renamed && <del className="text-bad">{roleName({ role: pair.before?.role ?? '', name: null })}</del>}
        {renamed && ' '}
        {roleName({ role: said.role, name: null })}
        {fate === 'added' && <span className="font-normal text-good"> + added</span>}
        {fate === 'removed' && <span className="font-normal text-bad"> − removed</span>}
        {fate === 'changed' && <span className="font-normal text-info"> ± changed</span>}
      </p>
      <p className={cn('whitespace-pre-wrap break-words', fate === 'same' && 'text-muted')}>
        {pair.same ? said.text : pair.spans.map(toMark)}
      </p>
    </div>
  );
}

function toMark({ kind, text }: Span, index: number) {
  if (kind === 'same') return <span key={index}>{text}</span>;
  return kind === 'removed' ? (
    <del key={index} className="rounded-xs bg-bad-soft text-bad line-through">
      {visible(text)}
    </del>
  ) : (
    <ins key={index} className="rounded-xs bg-good-soft text-good underline decoration-1 underline-offset-2">
      {visible(text)}
    </ins>
  );
}
