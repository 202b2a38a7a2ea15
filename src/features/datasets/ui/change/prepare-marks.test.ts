import { expect, it } from 'vitest';
import { clip, visible } from './prepare-marks';

it('keeps what is near a difference and leaves out what is far from it', () => {
  const long = `begin ${'x'.repeat(1000)} end`;
  const [before, change, after] = clip([
    { kind: 'same', text: long },
    { kind: 'removed', text: 'gone' },
    { kind: 'same', text: long },
  ]);
  expect(before?.text).toMatch(/^ … x+ end$/);
  expect(change?.text).toBe('gone');
  expect(after?.text).toMatch(/^begin x+ … $/);
  expect(clip([{ kind: 'same', text: 'short' }])[0]?.text).toBe('short');
});

it('makes white space visible that came or went alone', () => {
  expect([' ', '\n ', '\t', ' a '].map(visible)).toEqual(['·', '⏎\n·', '⇥', ' a ']);
});
