import { expect, it } from 'vitest';
import { TokenCounter } from './counter';
import { loadEngine } from './engine';
import { ranksFile } from './ranks-file';
import reference from './reference-counts.json';

it('gives the counts of OpenAI’s tiktoken that scripts/token-reference.mjs has stored', () => {
  const counter = new TokenCounter(loadEngine(ranksFile()));
  const stored = reference as [string, number][];
  expect(stored.length).toBeGreaterThan(250);
  expect(stored.map(([text]) => [text, counter.count(text)])).toEqual(stored);
  // Once more: now out of the caches, and as measuring counts.
  counter.startHash();
  expect(stored.map(([text]) => [text, counter.take(text)])).toEqual(stored);
  expect(stored.map(([text]) => [text, counter.take(text)])).toEqual(stored);
});
