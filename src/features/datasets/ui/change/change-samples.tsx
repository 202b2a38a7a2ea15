import { cn } from '@/components/ui/cn';
import { formatAbout, formatCount } from '@/lib/format';
import type { ChangePreview } from '../../change.schema';
import type { RowWord } from '../../left-out.rules';
import { roleName } from '../prepare-message';
import { splitStep, touched } from './prepare-change';
import { clip, visible } from './prepare-marks';
import { type PairedMessage, pairMessages, type Said, saidIn } from './prepare-pair';

type Sample = ChangePreview['samples'][number];

/** The first rows that a change touches, before and after. */
export function ChangeSamples({ preview, word }: { preview: ChangePreview; word: RowWord }) {
  const { samples } = preview;
  if (samples.length === 0) return null;
  const rest = touched(preview) - samples.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the way by keyboard to what has to be scrolled
    <section aria-label="Rows before and after" tabIndex={0}>
      <div className="mb-1 grid grid-cols-2 gap-4 px-3 font-medium text-muted text-sm max-sm:hidden">
        <span>Before</span>
        <span>After</span>
      </div>
      <ol className="divide-y rounded-lg border">
        {samples.map((sample, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line may be there twice, and samples never reorder
          <li key={index} className="px-3 py-2">
            <SampleRow sample={sample} word={word} />
          </li>
        ))}
      </ol>
      {rest > 0 && (
        <p className="mt-1.5 text-muted text-sm">
          The first {formatCount(samples.length)} rows;{' '}
          {preview.estimated ? `about ${formatAbout(rest)}` : formatCount(rest)} more change likewise.
        </p>
      )}
    </section>
  );
}

function SampleRow({ sample, word }: { sample: Sample; word: RowWord }) {
  const step = splitStep(sample.split);
  const same = sample.before === sample.after;
  const pairs = pairMessages(saidOf(sample.before), same ? saidOf(sample.before) : saidOf(sample.after));
  return (
    <>
      <p className="mb-1 text-faint text-sm">
        {word} {formatCount(sample.line)}
        {step && <span className="text-fg"> · {step}</span>}
      </p>
      {same ? (
        <p className="truncate text-muted text-sm">{pairs.map(({ before }) => before?.text ?? '').join(' · ')}</p>
      ) : (
        <ol className="grid gap-2">
          {pairs.map((pair, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: messages never change their order here
            <li key={index} className="grid grid-cols-2 gap-x-4 gap-y-1 max-sm:grid-cols-1">
              <Side pair={pair} side="before" />
              <Side pair={pair} side="after" />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

const saidOf = (body: string | null): Said[] => (body === null ? [] : saidIn(body));

function Side({ pair, side }: { pair: PairedMessage; side: 'before' | 'after' }) {
  const said = pair[side];
  if (!said) return <span aria-hidden className="max-sm:hidden" />;
  return (
    <div className={cn('min-w-0 text-sm', pair.same && side === 'after' && 'max-sm:hidden')}>
      <p className="text-faint text-xs">
        {roleName({ role: said.role, name: null })}
        <span className="sm:hidden">{pair.same ? '' : ` · ${side}`}</span>
      </p>
      {pair.same ? (
        <p className="truncate text-muted">{said.text}</p>
      ) : (
        <p className="whitespace-pre-wrap break-words">
          <Marks pair={pair} side={side} />
        </p>
      )}
    </div>
  );
}

/** White space that came or went alone is marked by its ground: struck through it would be a dash. */
const BLANK = { removed: 'bg-bad/25', added: 'bg-good/25' } as const;
const LOOK = { removed: 'bg-bad-soft text-bad line-through', added: 'bg-good-soft text-good no-underline' } as const;

function Marks({ pair, side }: { pair: PairedMessage; side: 'before' | 'after' }) {
  const own = side === 'before' ? 'removed' : 'added';
  const Mark = side === 'before' ? 'del' : 'ins';
  return clip(pair.spans)
    .filter(({ kind }) => kind === 'same' || kind === own)
    .map(({ kind, text }, index) =>
      kind === 'same' ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: spans never change their order
        <span key={index}>{text}</span>
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: spans never change their order
        <Mark key={index} className={cn('rounded-xs', LOOK[own], /\S/.test(text) || `${BLANK[own]} no-underline`)}>
          {visible(text)}
        </Mark>
      ),
    );
}
