import { expect, it } from 'vitest';
import type { ExampleDetail } from '../../dataset.schema';
import { detailWithoutSignals, notableFlags, scoreTone, withoutSignals } from './prepare-score';

it('shows what costs most first, and leaves out what is only a fact', () => {
  expect(notableFlags(['tools', 'multiTurn', 'warning', 'nearDuplicate', 'secret'])).toEqual([
    ...['secret', 'nearDuplicate', 'warning'],
  ]);
  expect(notableFlags(['system', 'developer'])).toEqual([]);
});

it('colours only scores that call for a look', () => {
  expect([100, 80, 79, 59, null].map(scoreTone)).toEqual([
    ...['text-muted', 'text-muted', 'text-warn', 'text-bad', 'text-faint'],
  ]);
});

const example: ExampleDetail = {
  ...{ id: 'one', line: 1, split: 'train', tokens: 10, trainableTokens: 5, firstUserText: '', lastAnswer: '' },
  ...{ flags: ['tools', 'weakFit', 'poorFit'], score: 75, body: '', messages: [] },
  reasons: [{ flag: 'poorFit', points: -25, reason: 'It does not fit.' }],
};

it('lets score, marks and reasons of a row follow the signals that count', () => {
  expect(withoutSignals(example, new Set())).toBe(example);
  expect(withoutSignals(example, new Set(['poorFit'])).score).toBe(88);
  expect(withoutSignals({ ...example, score: null }, new Set(['poorFit'])).score).toBeNull();
  const read = detailWithoutSignals(example, new Set(['poorFit', 'noise']));
  expect(read.ignored).toEqual(['poorFit']);
  expect(read.example).toMatchObject({ score: 88, flags: ['tools', 'weakFit'], body: '' });
  expect(read.example.reasons.map(({ flag, points }) => [flag, points])).toEqual([['weakFit', -12]]);
  expect(detailWithoutSignals(example, new Set(['noise']))).toEqual({ example, ignored: [] });
  const copy: ExampleDetail = { ...example, flags: ['warning', 'duplicate'], score: 70 };
  expect(withoutSignals(copy, new Set(['duplicate']))).toMatchObject({ flags: [], score: 100 });
});
