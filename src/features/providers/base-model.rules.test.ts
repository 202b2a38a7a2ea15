import { describe, expect, it } from 'vitest';
import { availableFirst, baseModelsOf, type ConnectionFacts, toListed } from './base-model.rules';
import { baseModelSchema } from './provider.schema';

const id = '01a00000-0000-7000-8000-000000000001';
const connection = (facts: Partial<ConnectionFacts>): ConnectionFacts => ({
  id,
  kind: 'openai',
  label: 'Our OpenAI',
  health: 'healthy',
  healthMessage: null,
  lastCheckedAt: new Date('2026-11-24T10:00:00Z'),
  free: false,
  listed: [],
  obstacle: null,
  ...facts,
});
const listedIds = (...ids: string[]) => ids.map((each) => toListed({ id: each, retiresOn: null, raw: {} }));

describe('base models', () => {
  it('have the shape of the schema, for every kind', () => {
    for (const kind of ['openai', 'builtin', 'openai_compatible'] as const)
      for (const model of baseModelsOf(connection({ kind, listed: listedIds('some-model') }), '2026-11-24'))
        expect(baseModelSchema.parse(model)).toEqual(model);
  });

  it.each([
    ['2027-01-05', true],
    ['2027-01-06', false],
    ['2027-01-14', false],
  ])('of OpenAI on %s: jobs may start is %s', (today, available) => {
    const models = baseModelsOf(connection({}), today);
    expect(models).toHaveLength(4);
    expect(models.every((model) => model.available === available)).toBe(true);
    expect(models.every(({ unavailableReason }) => (unavailableReason === null) === available)).toBe(true);
  });

  it('of a closed organisation say so', () => {
    const [model] = baseModelsOf(connection({ health: 'closed', healthMessage: 'Closed to you.' }), '2026-11-24');
    expect(model).toMatchObject({ available: false, unavailableReason: 'Closed to you.' });
  });

  it('that the key does not see are not offered, and the provider has the last word on dates', () => {
    const said = toListed({ id: 'gpt-4.1-2025-04-14', retiresOn: '2027-03-01', raw: {} });
    const models = availableFirst(baseModelsOf(connection({ listed: [said] }), '2026-11-24'));
    expect(models.map(({ available }) => available)).toEqual([true, false, false, false]);
    expect(models[0]).toMatchObject({ id: 'gpt-4.1-2025-04-14', retiresOn: '2027-03-01' });
  });

  it('of a server that states its limits have those', () => {
    const fine_tuning = {
      min_examples: 12,
      max_example_tokens: 999,
      max_file_bytes: 1000,
      hyperparameters: {
        n_epochs: { min: 1, max: 9 },
        batch_size: { min: 2, max: 8 },
        learning_rate_multiplier: { min: 0.1, max: 3 },
      },
      auto: {
        n_epochs: { target_examples: 600, min: 2, max: 6 },
        batch_size: { divisor: 16, min: 1, max: 8 },
        learning_rate_multiplier: 2,
      },
    };
    const said = toListed({ id: 'own-model', retiresOn: 'soon', raw: { max_model_len: 2048, fine_tuning } });
    const [model] = baseModelsOf(connection({ kind: 'openai_compatible', listed: [said] }), '2026-11-24');
    expect(model).toMatchObject({
      minExamples: 12,
      maxExampleTokens: 999,
      contextTokens: 2048,
      retiresOn: null,
      limits: { epochs: { max: 9 } },
      auto: { epochs: { targetExamples: 600 }, certainty: 'stated' },
    });
  });

  it('are not built from nonsense', () => {
    const said = toListed({
      id: 'x',
      retiresOn: null,
      raw: { context_length: 'many', fine_tuning: { min_examples: -1 } },
    });
    expect(said).toMatchObject({ contextTokens: null, tuning: null });
  });
});
