import { describe, expect, it } from 'vitest';
import { countedLimits, type FitBase, type FitData, judgeFit } from './fit.rules';

const base: FitBase = {
  ...{ id: 'base-1', available: true, unavailableReason: null, connectionHealth: 'healthy', retiresOn: null },
  ...{ contextTokens: 8000, maxExampleTokens: 4000, minExamples: 10, maxExamples: 1000, maxFileBytes: 1_000_000 },
  tokenCount: { exact: true, least: 1, usual: 1, most: 1, measured: 'Same encoding.' },
  accepts: { tools: true, images: false, weights: true },
};
const none = [0, 0, 0] as const;
const data: FitData = {
  ...{ trainRows: 100, trainTokens: 20_000, bytes: [50_000, 5000, 5000] },
  ...{ tools: none, images: none, weights: none, certainlyLong: 0, possiblyLong: 0 },
  cut: { rows: none, trainTokens: 0 },
};
const cutOf = (rows: FitData['cut']['rows'], trainTokens = 0) => ({ cut: { rows, trainTokens } });
const estimated = { exact: false, least: 0.5, usual: 1, most: 2, measured: 'Measured.' };

describe('the verdict', () => {
  it.each<[string, Partial<FitBase>, Partial<FitData>, string, string[]]>([
    ['all is well', {}, {}, 'fits', []],
    ['just enough examples', { minExamples: 100 }, {}, 'fits', []],
    ['one too few', { minExamples: 101 }, {}, 'no', ['too_few_examples']],
    ['none at all', { minExamples: 0 }, { trainRows: 0 }, 'no', ['too_few_examples']],
    ['one too many', { maxExamples: 99 }, {}, 'no', ['too_many_examples']],
    ['no limit known', { maxExamples: null }, { trainRows: 1_000_000 }, 'fits', []],
    ['a file of exactly the limit', { maxFileBytes: 50_000 }, {}, 'fits', []],
    ['a file over the limit', { maxFileBytes: 49_999 }, {}, 'no', ['file_too_large']],
    ['closed', { available: false, unavailableReason: 'Closed since May.' }, {}, 'no', ['model_unavailable']],
    [
      'some too long',
      {},
      { certainlyLong: 3, possiblyLong: 3, ...cutOf([2, 1, 0]) },
      'after_cut',
      ['examples_too_long'],
    ],
    [
      'too few once cut',
      { minExamples: 99 },
      { certainlyLong: 2, possiblyLong: 2, ...cutOf([2, 0, 0]) },
      'no',
      ['too_few_examples', 'examples_too_long'],
    ],
    [
      'not too many once cut',
      { maxExamples: 99 },
      { certainlyLong: 1, possiblyLong: 1, ...cutOf([1, 0, 0]) },
      'after_cut',
      ['examples_too_long'],
    ],
    ['maybe too long', { tokenCount: estimated }, { certainlyLong: 0, possiblyLong: 5 }, 'fits', ['maybe_too_long']],
    [
      'tools it does not learn',
      { accepts: { tools: false, images: false, weights: true } },
      { tools: [4, 0, 0], ...cutOf([4, 0, 0]) },
      'after_cut',
      ['tools_not_taken'],
    ],
    [
      'tools it may not learn',
      { accepts: { tools: null, images: null, weights: null } },
      { tools: [4, 0, 0] },
      'fits',
      ['tools_unknown'],
    ],
    ['images it does not take', {}, { images: [0, 1, 0], ...cutOf([0, 1, 0]) }, 'after_cut', ['images_not_taken']],
    [
      'weights it ignores',
      { accepts: { tools: true, images: true, weights: false } },
      { weights: [1, 0, 0] },
      'fits',
      ['weights'],
    ],
    ['no length known', { maxExampleTokens: null, contextTokens: null }, {}, 'fits', ['limit_unknown']],
    [
      'a silent connection and an end',
      { connectionHealth: 'down', retiresOn: '2027-01-14' },
      {},
      'fits',
      ['connection', 'retires'],
    ],
  ])('%s', (_, change, counts, verdict, reasons) => {
    const judged = judgeFit({ ...base, ...change }, { ...data, ...counts });
    expect([judged.verdict, judged.findings.map(({ reason }) => reason)]).toEqual([verdict, reasons]);
  });

  it('says how many go and what is left', () => {
    const judged = judgeFit(base, { ...data, certainlyLong: 3, possiblyLong: 3, ...cutOf([2, 1, 0], 9000) });
    expect(judged).toMatchObject({ cut: 3, trainRows: 98, trainTokens: 11_000 });
    expect(judged.findings[0]).toMatchObject({
      message: '3 examples are longer than 4\u2009000 tokens. Shorten or delete them.',
      rows: { count: 3, minTokens: 4001 },
    });
  });

  it('counts in our tokens what is a limit in its own', () => {
    expect(countedLimits({ ...base, tokenCount: estimated })).toEqual({ safe: 2000, hopeful: 8000 });
    expect(countedLimits({ ...base, maxExampleTokens: null })).toEqual({ safe: 8000, hopeful: 8000 });
    expect(countedLimits({ ...base, maxExampleTokens: null, contextTokens: null })).toBeNull();
  });
});
