import { describe, expect, it } from 'vitest';
import { countWords, fitSentence, launchHref, limitWords, rowsHref, verdictWords } from './fit-words';

describe('the words of a verdict', () => {
  it.each([
    ['fits', 0, 'fits'],
    ['after_cut', 1, 'fits without 1 example'],
    ['after_cut', 1200, 'fits without 1\u2009200 examples'],
    ['no', 3, 'does not fit'],
  ] as const)('%s, %i: %s', (verdict, cut, words) => {
    expect(verdictWords({ verdict, cut })).toBe(words);
  });

  it.each([
    [true, 1, 1, 'exact'],
    [false, 0.7, 1.7, 'estimated: −30 % to +70 %'],
    [false, 1, 4.2, 'estimated: 0 % to +320 %'],
  ])('counted exactly: %s, %d to %d', (exact, least, most, words) => {
    expect(countWords({ exact, least, most, measured: '' })).toBe(words);
  });

  it.each([
    [['fits'], 'The one base model there is takes it as it is.'],
    [['after_cut'], 'The one base model there is takes it once some examples are gone.'],
    [['no'], 'The one base model there is does not take it.'],
    [['fits', 'after_cut', 'no'], '1 of 3 base models takes it as it is, 1 more once some examples are gone.'],
    [['fits', 'fits'], '2 of 2 base models take it as it is.'],
    [['after_cut', 'no'], 'None of the 2 base models takes it as it is; 1 does once some examples are gone.'],
    [['no', 'no'], 'None of the 2 base models takes it.'],
  ] as const)('of %j', (verdicts, words) => {
    expect(fitSentence(verdicts.map((verdict) => ({ verdict })))).toBe(words);
  });

  it('say what is not known as that', () => {
    const limits = { tokens: null, minExamples: 10, maxExamples: null, maxFileBytes: 512_000_000 };
    expect(limitWords({ limits }).map(([, value]) => value)).toEqual([
      'not known',
      'at least 10, no limit is known',
      'at most 512 MB',
    ]);
  });
});

it('leads to the examples and to the wizard', () => {
  const dataset = { id: 'd', versionId: 'v', older: 2 };
  expect(rowsHref(dataset, { minTokens: 513, count: 1 })).toBe('/dashboard/fine-tuning/datasets/d?min=513&version=2');
  expect(rowsHref({ ...dataset, older: null }, { flag: 'tools', count: 3 })).toBe(
    '/dashboard/fine-tuning/datasets/d?flag=tools',
  );
  expect(launchHref(dataset, { connectionId: 'c', baseModel: 'gpt' })).toBe(
    '/dashboard/fine-tuning/jobs/new?dataset=d&version=v&connection=c&model=gpt',
  );
});
