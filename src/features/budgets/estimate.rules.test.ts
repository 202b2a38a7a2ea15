import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usd } from '@/lib/money';
import type { EstimateInput, Price, PriceSheet, PriceUnit } from './budget.schema';
import { estimateTraining } from './estimate.rules';
import { sheetOf, tunedName } from './price.rules';
import { type BillingRule, billingOf, curatedPrices } from './prices.data';

const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);
console.info(`estimate.rules: fast-check seed ${seed}`);
const holds = (property: fc.IRawProperty<unknown>) => fc.assert(property, { seed, numRuns: 300 });

const curated = (provider: string, model: string): PriceSheet =>
  sheetOf(
    provider,
    model,
    curatedPrices.filter((row) => row.provider === provider).map((row) => ({ ...row, own: false })),
  );

const price = (unit: PriceUnit, nanoUsdPerUnit: bigint): Price => ({
  ...{ provider: 'openai_compatible', model: 'm', unit, nanoUsdPerUnit, source: 'a bill', note: null, own: true },
  ...{ evidence: 'typed', checkedAt: '2026-11-20' },
});

const sheet = (...prices: Price[]): PriceSheet => sheetOf('openai_compatible', 'm', prices);

const run = (overrides: Partial<EstimateInput> = {}): EstimateInput => ({
  ...{ connectionKind: 'openai', baseModel: 'gpt-4o-mini-2024-07-18' },
  ...{ trainTokens: 152_340, validationTokens: 10_000, trainExamples: 300 },
  epochs: { low: 3, expected: 3, high: 3 },
  ...overrides,
});

const openAi = (input: EstimateInput) =>
  estimateTraining(
    input,
    curated('openai', input.baseModel),
    curated('openai', tunedName(input.baseModel)),
    billingOf('openai'),
  );

const billing: BillingRule = { validation: 'unknown', minimumCharge: null, idle: 'unknown' };

describe('an estimate', () => {
  it('is tokens x epochs x price, spelled out, with source and date', () => {
    const estimate = openAi(run());
    expect(estimate).toMatchObject({
      ...{ low: 1_371_060_000n, expected: 1_371_060_000n, high: 1_371_060_000n, free: false, unknownReason: null },
      ...{ source: 'https://platform.openai.com/docs/pricing', evidence: 'third_party', checkedAt: '2026-11-22' },
    });
    expect(estimate.arithmetic.map((line) => line.replaceAll('\u2009', ' '))).toEqual([
      '152 340 training tokens per epoch, counted',
      '× 3 epochs = 457 020 tokens',
      'Validation tokens are not billed',
      '× $3.00 per 1 000 000 training tokens = $1.37106',
      'No minimum charge is documented',
    ]);
    expect(estimate.serving?.replaceAll('\u2009', ' ')).toBe(
      'Calling the tuned model costs $0.30 per 1 000 000 input tokens and $1.20 per 1 000 000 output tokens. It costs nothing while nobody calls it.',
    );
  });

  it('is a range where the number of epochs is one', () => {
    const { low, expected, high, arithmetic } = openAi(run({ epochs: { low: 2, expected: 3, high: 5 } }));
    expect([low, expected, high]).toEqual([914_040_000n, 1_371_060_000n, 2_285_100_000n]);
    expect(arithmetic[1]?.replaceAll('\u2009', ' ')).toBe('× 3 (2 to 5) epochs = 457 020 (304 680 to 761 700) tokens');
  });

  it('of the built-in trainer is nothing, and says why', () => {
    const builtin = sheetOf('builtin', 'tiny', []);
    const estimate = estimateTraining(run({ connectionKind: 'builtin' }), builtin, builtin, billingOf('builtin'));
    expect(estimate).toMatchObject({ low: 0n, expected: 0n, high: 0n, free: true, unknownReason: null, source: null });
    expect(estimate.freeReason).toContain('your own machine');
  });

  it('is nothing at a connection whose capability record says so, and only then', () => {
    expect(estimateTraining(run({ free: true }), sheet(), sheet(), billing)).toMatchObject({ high: 0n, free: true });
    expect(estimateTraining(run(), sheet(), sheet(), billing)).toMatchObject({ high: null, free: false });
  });

  it('is unknown, never 0, without a training price, whatever else is known', () => {
    const known = sheet(price('input_token', 1n), price('output_token', 1n), price('hour', usd(8)));
    const estimate = estimateTraining(run(), known, known, billing);
    expect(estimate).toMatchObject({ low: null, expected: null, high: null, free: false, arithmetic: [] });
    expect(estimate.unknownReason).toContain('$8.00');
    expect(estimate.unknownReason).toContain('Type the price');
  });

  it('is unknown when there is nothing to train on', () => {
    expect(openAi(run({ trainTokens: 0 })).unknownReason).toContain('nothing to train on');
  });

  it('counts validation tokens at the high end where nobody knows whether they are billed', () => {
    const estimate = estimateTraining(run(), sheet(price('training_token', 10n)), sheet(), billing);
    expect([estimate.low, estimate.expected, estimate.high]).toEqual([4_570_200n, 4_570_200n, 4_870_200n]);
  });

  it('never falls below a documented minimum charge', () => {
    const minimum = { ...billing, minimumCharge: usd(4) };
    const estimate = estimateTraining(run(), sheet(price('training_token', 10n)), sheet(), minimum);
    expect([estimate.low, estimate.high]).toEqual([usd(4), usd(4)]);
    expect(estimate.arithmetic.at(-1)).toBe('At least the minimum charge of $4.00');
  });

  const anyRun = fc.record({
    tokens: fc.nat(2_000_000_000),
    validation: fc.nat(1_000_000),
    epochs: fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 })),
    nano: fc.bigInt({ min: 1n, max: 100_000n }),
    minimum: fc.option(fc.bigInt({ min: 0n, max: usd(10) })),
    validationBilled: fc.constantFrom<BillingRule['validation']>('free', 'unknown'),
  });

  const estimateOf = ({ tokens, validation, epochs, nano, minimum, validationBilled }: RunOf<typeof anyRun>) =>
    estimateTraining(
      run({
        ...{ trainTokens: tokens, validationTokens: validation },
        epochs: { low: epochs[0], expected: epochs[1], high: epochs[2] },
      }),
      sheet(price('training_token', nano)),
      sheet(),
      { validation: validationBilled, minimumCharge: minimum, idle: 'unknown' },
    );

  it('is ordered, positive, exact, and never less than the bare product', () => {
    holds(
      fc.property(anyRun, (any) => {
        const { low, expected, high } = estimateOf(any);
        if (any.tokens === 0) return low === null && expected === null && high === null;
        if (low === null || expected === null || high === null) return false;
        const product = BigInt(any.tokens) * BigInt(any.epochs[1]) * any.nano;
        const floor = any.minimum ?? 0n;
        return low > 0n && low <= expected && expected <= high && expected === (product > floor ? product : floor);
      }),
    );
  });

  it('does not shrink when data grows', () => {
    holds(
      fc.property(anyRun, fc.nat(1_000_000), (any, more) => {
        const less = estimateOf({ ...any, tokens: any.tokens + 1 }).high ?? -1n;
        return (estimateOf({ ...any, tokens: any.tokens + 1 + more }).high ?? -1n) >= less;
      }),
    );
  });
});

type RunOf<T> = T extends fc.Arbitrary<infer R> ? R : never;

describe('the curated price list', () => {
  it('gives every price a page, a day, and a unit of its own', () => {
    for (const row of curatedPrices) {
      expect(row.nanoUsdPerUnit > 0n).toBe(true);
      expect(() => new URL(row.source)).not.toThrow();
      expect(row.checkedAt).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
    const keys = curatedPrices.map(({ provider, model, unit }) => `${provider} ${model} ${unit}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has what a page prints: $1.875 per million cached tokens are 1875 nano-dollars each', () => {
    const { prices } = curated('openai', 'ft:gpt-4o-mini-2024-07-18:acme:support:8abc');
    expect(prices.cached_input_token?.nanoUsdPerUnit).toBe(150n);
    expect(curated('openai', 'ft:gpt-4o-2024-08-06:a::b').prices.cached_input_token?.nanoUsdPerUnit).toBe(1875n);
  });

  it('does not price calls of an untuned base like calls of its fine-tunes', () => {
    expect(curated('openai', 'gpt-4o-mini-2024-07-18').prices.input_token).toBeUndefined();
  });
});

describe('the price that applies', () => {
  const named = (model: string, own: boolean, nano: bigint): Price => ({ ...price('input_token', nano), model, own });
  const applied = (...rows: Price[]) => sheetOf('openai', 'ft:b:org::1', rows).prices.input_token?.nanoUsdPerUnit;

  it('is the own one before the curated one, and the exact name before the family', () => {
    const rows = [named('ft:b', false, 1n), named('ft:b', true, 2n), named('ft:b:org::1', true, 3n)];
    expect(applied(...rows)).toBe(3n);
    expect(applied(...rows.slice(0, 2))).toBe(2n);
    expect(applied(...rows.slice(0, 1))).toBe(1n);
    expect(applied(named('other', true, 9n))).toBeUndefined();
    expect(applied(...rows.toReversed())).toBe(3n);
  });
});
