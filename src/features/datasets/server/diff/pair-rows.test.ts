import { describe, expect, it } from 'vitest';
import { type Loose, type LooseRow, pairByLine, pairByPlace, pairByText, unpaired } from './pair-rows';

const row = (id: string, ordinal: number, hash: number, extra: Partial<LooseRow> = {}): LooseRow => ({
  ...{ id, ordinal, line: ordinal + 1, split: 0, hash: BigInt(hash) },
  ...extra,
});
const told = (entries: ReturnType<typeof unpaired>) =>
  entries.map(({ kind, before, after }) => `${kind} ${before?.id ?? '-'} ${after?.id ?? '-'}`);
const nothing: Loose = { removed: [], added: [] };

describe('pairing by place', () => {
  it('takes the same text on another side as moved, before its place is looked at', () => {
    const { entries, rest } = pairByPlace({
      removed: [row('a', 0, 1), row('b', 10, 2)],
      added: [row('c', 10, 1, { split: 1 }), row('d', 20, 3)],
    });
    expect(told(entries)).toEqual(['moved a c']);
    expect(told(unpaired(rest))).toEqual(['removed b -', 'added - d']);
  });

  it('takes another text at the same place as changed, repeats one by one', () => {
    const { entries, rest } = pairByPlace({
      removed: [row('a', 5, 1), row('b', 5, 2)],
      added: [row('c', 5, 3), row('d', 5, 4), row('e', 5, 5)],
    });
    expect(told(entries)).toEqual(['changed a c', 'changed b d']);
    expect(told(unpaired(rest))).toEqual(['added - e']);
  });
});

describe('pairing by text', () => {
  it('needs a question that no other row asks', () => {
    const questions = new Map([...Object.entries({ a: 'How?', b: 'Why?', c: 'How?', x: 'How?', y: 'Why?' })]);
    const { entries, rest } = pairByText(
      { removed: [row('a', 0, 1), row('b', 1, 2), row('c', 2, 3)], added: [row('x', 70, 4), row('y', 80, 5)] },
      questions,
    );
    expect(told(entries)).toEqual(['changed b y']);
    expect(told(unpaired(rest))).toEqual(['removed a -', 'removed c -', 'added - x']);
  });

  it('takes no line number for a question', () => {
    const loose = { removed: [row('a', 10, 1, { line: 4 })], added: [row('b', 12, 2, { line: 4 })] };
    expect(pairByText(loose, new Map())).toEqual({ entries: [], rest: loose });
  });

  it('has nothing to do with nothing', () => {
    expect(pairByText(nothing, new Map())).toEqual({ entries: [], rest: nothing });
  });
});

it('pairs rows of two files by their line', () => {
  const { entries, rest } = pairByLine({
    removed: [row('a', 10, 1, { line: 4 })],
    added: [row('b', 12, 2, { line: 4 }), row('c', 20, 3, { line: 5 })],
  });
  expect(told(entries)).toEqual(['changed a b']);
  expect(told(unpaired(rest))).toEqual(['added - c']);
});
