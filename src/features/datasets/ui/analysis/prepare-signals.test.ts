import { expect, it } from 'vitest';
import { signals } from '../../score.rules';
import { signalLines, switched } from './prepare-signals';

it('lists every signal, those of most rows first, and which of them count', () => {
  const lines = signalLines({ flags: { noise: 2, refusal: 9, tools: 40 } }, ['noise']);
  expect(lines).toHaveLength(signals.length);
  expect(lines.slice(0, 2)).toEqual([
    { flag: 'refusal', rows: 9, counts: true },
    { flag: 'noise', rows: 2, counts: false },
  ]);
  expect(lines[2]).toEqual({ flag: 'duplicate', rows: 0, counts: true });
  expect(signalLines({}, []).every(({ rows, counts }) => rows === 0 && counts)).toBe(true);
});

it('switches one signal and leaves the others, in one order', () => {
  expect(switched(['noise'], 'secret', false)).toEqual(['secret', 'noise']);
  expect(switched(['secret', 'noise'], 'secret', true)).toEqual(['noise']);
  expect(switched([], 'noise', true)).toEqual([]);
});
