import { expect, it } from 'vitest';
import { notableFlags, scoreTone } from './prepare-score';

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
