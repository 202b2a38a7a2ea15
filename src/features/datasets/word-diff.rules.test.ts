import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffWords, type Span } from './word-diff.rules';

const side = (spans: readonly Span[], other: Span['kind']): string =>
  spans.flatMap(({ kind, text }) => (kind === other ? [] : [text])).join('');

describe('differences by word', () => {
  it('marks words, not letters', () => {
    expect(diffWords('The red fox runs.', 'The brown fox ran.')).toEqual([
      { kind: 'same', text: 'The ' },
      { kind: 'removed', text: 'red' },
      { kind: 'added', text: 'brown' },
      { kind: 'same', text: ' fox ' },
      { kind: 'removed', text: 'runs' },
      { kind: 'added', text: 'ran' },
      { kind: 'same', text: '.' },
    ]);
    expect(diffWords('same', 'same')).toEqual([{ kind: 'same', text: 'same' }]);
    expect(diffWords('', 'new')).toEqual([{ kind: 'added', text: 'new' }]);
    expect(diffWords('  trimmed ', 'trimmed')).toEqual([
      { kind: 'removed', text: '  ' },
      { kind: 'same', text: 'trimmed' },
      { kind: 'removed', text: ' ' },
    ]);
  });

  it('gives both texts back, whatever they are', () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom('a', 'b', ' ', 'ä', '👍', '.')).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, text, (before, after) => {
        const spans = diffWords(before, after);
        expect(side(spans, 'added')).toBe(before);
        expect(side(spans, 'removed')).toBe(after);
      }),
    );
  });

  it('shows texts that differ in very much as a whole', () => {
    const many = (word: string) => Array.from({ length: 3000 }, (_, i) => `${word}${i}`).join(' ');
    expect(diffWords(`x ${many('a')}`, `x ${many('b')}`).map(({ kind }) => kind)).toContain('removed');
  });
});
