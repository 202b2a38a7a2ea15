import type { Span } from '../../word-diff.rules';

/** Text around a difference that is shown. */
const CONTEXT = 160;
/** A difference longer than this is cut too: it is told, not read. */
const LONGEST = 1200;

const cut = (text: string, head: number, tail: number): string =>
  text.length <= Math.max(head + tail, CONTEXT)
    ? text
    : `${text.slice(0, head)} … ${tail > 0 ? text.slice(-tail) : ''}`;

/** Leaves out what is the same far from any difference, so that a change in a long text is in sight. */
export const clip = (spans: readonly Span[]): Span[] =>
  spans.map(({ kind, text }, index) => {
    if (kind !== 'same') return { kind, text: cut(text, LONGEST, CONTEXT) };
    const first = index === 0;
    const last = index === spans.length - 1;
    return { kind, text: cut(text, first ? 0 : CONTEXT, last ? 0 : CONTEXT) };
  });

/** White space that came or went alone is nothing to see, so it becomes signs. */
export const visible = (text: string): string =>
  /\S/.test(text)
    ? text
    : text
        .replaceAll('\n', '⏎\n')
        .replaceAll('\t', '⇥')
        .replaceAll(/[^\S\n]/g, '·');
