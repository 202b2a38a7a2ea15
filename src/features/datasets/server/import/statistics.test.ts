import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLAG } from '../../flag.rules';
import type { Example } from '../../formats/check/example';
import { hashExample, toBigInt } from './content-hash';
import { conversationOf } from './conversation';
import { Statistics } from './statistics';
import { TokenHistogram } from './token-histogram';

const example = (text: string, over: Partial<Example['messages'][number]> = {}): Example => ({
  messages: [{ role: 'user', text, name: null, calls: null, answers: null, trained: false, ...over }],
  tools: undefined,
});

describe('hashExample', () => {
  it('tells apart what differs in any part, and nothing else', () => {
    const variants = [
      example('a'),
      example('b'),
      example('a', { role: 'system' }),
      example('a', { trained: true }),
      example('a', { name: 'n' }),
      example('a', { answers: 'n' }),
      example('a', { calls: [] }),
      { ...example('a'), tools: [] },
      { messages: [...example('a').messages, ...example('').messages], tools: undefined },
      example(''),
      example('\u0000'),
    ];
    const hashes = variants.map((variant) => toBigInt(hashExample(variant)));
    expect(new Set(hashes).size).toBe(variants.length);
    expect(variants.map((variant) => toBigInt(hashExample(structuredClone(variant))))).toEqual(hashes);
  });

  it('has no two alike in 300,000 texts that differ by a digit, and spreads both words', () => {
    const hashes = Array.from({ length: 300_000 }, (_, i) => hashExample(example(`row ${i}`)));
    expect(new Set(hashes.map(toBigInt)).size).toBe(300_000);
    for (const word of ['high', 'low'] as const) {
      const buckets = new Float64Array(256);
      for (const hash of hashes) buckets[hash[word] & 255] = (buckets[hash[word] & 255] ?? 0) + 1;
      expect(Math.max(...buckets) / Math.min(...buckets)).toBeLessThan(1.4);
    }
  });
});

describe('TokenHistogram', () => {
  it('gives exact percentiles and buckets that hold everybody once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 300 }), (tokens) => {
        const histogram = new TokenHistogram();
        for (const count of tokens) histogram.add(count);
        const sorted = [...tokens].sort((a, b) => a - b);
        const median = sorted[Math.ceil(tokens.length / 2) - 1] ?? 0;
        if (median < 131_000) expect(histogram.percentile(0.5)).toBe(median);
        const { edges, counts } = histogram.buckets();
        expect(counts).toHaveLength(edges.length);
        expect(edges.length).toBeLessThanOrEqual(25);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(tokens.length);
        expect(edges).toEqual([...edges].sort((a, b) => a - b));
        edges.slice(0, -1).forEach((edge, i) => {
          const from = edges[i - 1] ?? 0;
          expect(counts[i]).toBe(tokens.filter((count) => count > from && count <= edge).length);
        });
        expect(edges.at(-1)).toBeGreaterThanOrEqual(histogram.max);
      }),
      { seed: 13, numRuns: 100 },
    );
  });
});

const question = { high: 0, low: 0 };

describe('Statistics', () => {
  it('deals a small dataset out exactly, duplicates on one side', () => {
    const statistics = new Statistics(42);
    for (let i = 0; i < 300; i++) {
      const one = example(`row ${i % 100}`);
      const measured = {
        tokens: 10,
        trainableTokens: 3,
        hash: hashExample(one),
        flags: 0,
        assistantTurns: 1,
        question,
      };
      const flags = i >= 100 ? FLAG.duplicate : 0;
      statistics.add(conversationOf(one), measured, { flags, score: 100 - (i % 50), nearHash: measured.hash });
    }
    const result = statistics.finish();
    expect(result).toMatchObject({ rows: 300, trainRows: 240, validationRows: 30, holdoutRows: 30, tokens: 3000 });
    expect(result).toMatchObject({
      trainTokens: 2400,
      stats: { duplicates: 200, turns: { 1: 300 }, roles: { user: 300 }, flags: { duplicate: 200 } },
    });
    const { score } = result.stats;
    expect(score?.mean).toBe(75.5);
    expect(score?.counts.slice(9)).toEqual([0, 24, ...Array.from({ length: 8 }, () => 30), 36]);
  });

  it('keeps examples with one near hash on one side, in small datasets and large ones', () => {
    for (const rows of [300, 9000]) {
      const statistics = new Statistics(7);
      const first = Array.from({ length: rows / 3 }, (_, i) => hashExample(example(`cluster ${i}`)));
      const sides = Array.from({ length: rows }, (_, i) => {
        const one = example(`row ${i}`);
        const nearHash = first[i % first.length] ?? hashExample(one);
        const measured = {
          tokens: 1,
          trainableTokens: 1,
          hash: hashExample(one),
          flags: 0,
          assistantTurns: 1,
          question,
        };
        return { nearHash, split: statistics.add(conversationOf(one), measured, { flags: 0, score: 100, nearHash }) };
      });
      const { moved, trainRows, validationRows, holdoutRows } = statistics.finish();
      const last = sides.map(
        ({ nearHash, split }) => moved.find(({ hash }) => hash === toBigInt(nearHash))?.split ?? split,
      );
      expect(last.every((split, i) => split === last[i % first.length])).toBe(true);
      expect([0, 1, 2].map((side) => last.filter((split) => split === side).length)).toEqual([
        ...[trainRows, validationRows, holdoutRows],
      ]);
    }
  });

  it('leaves a large one where the hashes put it', () => {
    const statistics = new Statistics(42);
    for (let i = 0; i < 5000; i++) {
      const one = example(`row ${i}`);
      const hash = hashExample(one);
      const verdict = { flags: 0, score: 100, nearHash: hash };
      statistics.add(
        conversationOf(one),
        { tokens: 1, trainableTokens: 1, hash, flags: 0, assistantTurns: 1, question },
        verdict,
      );
    }
    const { moved, trainRows, validationRows, holdoutRows } = statistics.finish();
    expect(moved).toEqual([]);
    expect(trainRows + validationRows + holdoutRows).toBe(5000);
    expect(trainRows / 5000).toBeCloseTo(0.8, 1);
  });
});
