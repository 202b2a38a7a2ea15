import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TokenEngine } from './engine';
import { SOURCES_SHA256 } from './engine-wasm';

const engine = new TokenEngine();
const hashOf = (...texts: string[]) => {
  engine.startHash();
  for (const text of texts) engine.mix(text);
  const { high, low } = engine.endHash();
  return `${high} ${low}`;
};

describe('the built module', () => {
  it('is made from the sources beside it (else run scripts/build-wasm.mjs)', () => {
    const folder = path.resolve('assembly/rows');
    const hash = createHash('sha256');
    for (const name of readdirSync(folder).sort())
      hash.update(`${name}\0`).update(readFileSync(path.join(folder, name)));
    expect(hash.digest('hex')).toBe(SOURCES_SHA256);
  });
});

describe('the hash', () => {
  it('stays what it is: stored hashes are compared with new ones', () => {
    expect(hashOf('')).toMatchInlineSnapshot(`"-1342828787 -1189582079"`);
    expect(hashOf('Hello, world', '漢字', 'x'.repeat(1000))).toMatchInlineSnapshot(`"1837465159 -1182107908"`);
  });

  it('tells lists of texts apart that are the same when joined', () => {
    expect(
      new Set([hashOf('ab', 'c'), hashOf('a', 'bc'), hashOf('abc'), hashOf('abc', ''), hashOf('ab', 'c\0')]).size,
    ).toBe(5);
  });
});

it('gives back the memory of an uncommonly long text', () => {
  engine.startHash();
  engine.mix('x'.repeat(40_000_000));
  engine.relax();
  engine.startHash();
  engine.mix('Hello');
  const { high, low } = engine.endHash();
  expect(hashOf('Hello')).toBe(`${high} ${low}`);
});

it('finds a word whatever follows it', () => {
  const [word] = engine.wordHashes(['don']);
  for (const text of ['don’t', 'Don…', '“don”', 'don—t', 'don漢', 'DON', 'don\\u2019t'])
    expect(engine.wordHashes([text]), text).toContain(word);
  for (const text of ['doné', 'donß', 'dont', 'don\u0301']) expect(engine.wordHashes([text]), text).not.toContain(word);
});
