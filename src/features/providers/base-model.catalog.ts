import type { BaseModel, ConnectionKind } from './provider.schema';

/** What is known of a base model before anybody is asked. What the provider says itself goes over it. */
export type CatalogEntry = Omit<
  BaseModel,
  | 'connectionId'
  | 'connectionLabel'
  | 'connectionKind'
  | 'connectionHealth'
  | 'available'
  | 'unavailableReason'
  | 'free'
>;

const CHECKED = '2026-11-22';
const DEPRECATIONS = 'https://developers.openai.com/api/docs/deprecations';

/** Source: schema of `POST /fine_tuning/jobs` in github.com/openai/openai-openapi. The multiplier has no stated maximum. */
const openAiLimits: CatalogEntry['limits'] = {
  epochs: { min: 1, max: 50 },
  batchSize: { min: 1, max: 256 },
  learningRateMultiplier: { min: 0.001, max: 100 },
};

/**
 * OpenAI publishes no rule. Observed: 3 epochs from about 34 examples on, more below (openai-cookbook, "Data preparation
 * and analysis for chat model fine-tuning": 100 target examples); about 0.2 % of the examples per batch; multiplier 1.8-2.
 */
const openAiAuto: CatalogEntry['auto'] = {
  epochs: { targetExamples: 100, min: 3, max: 10 },
  batchSize: { divisor: 500, min: 1, max: 256 },
  learningRateMultiplier: 1.8,
  explanation:
    'OpenAI chooses and does not say how. Seen in practice: 3 epochs (more below 34 examples), a batch of about 0.2 % of the examples, a multiplier near 1.8.',
  certainty: 'observed',
};

const auto = { epochs: 'auto', batchSize: 'auto', learningRateMultiplier: 'auto' } as const;

const exactCount: CatalogEntry['tokenCount'] = {
  ...{ exact: true, least: 1, usual: 1, most: 1 },
  measured: 'The model counts with the same o200k_base encoding.',
};

/**
 * Measured with each tokenizer on the sample datasets, 100 English readmes, 60 source files, JSON, and a paragraph each of
 * German, French, Russian, Chinese and Japanese, against o200k_base (2026-11). Outside the range: Russian 6.2, Arabic 5.9 and
 * Hindi 8.5 for tiny-chat-1; Hindi 3.1 to 3.6 and Arabic 3.1 for some open models.
 */
const tinyChatCount: CatalogEntry['tokenCount'] = {
  ...{ exact: false, least: 1, usual: 1.3, most: 4.2 },
  measured:
    'Its own small vocabulary needs 1.2 to 1.3 of its tokens for one of ours in short English, 2 to 4 in code, technical text and other European or East Asian languages, and up to 9 in other scripts.',
};
const unknownCount: CatalogEntry['tokenCount'] = {
  ...{ exact: false, least: 0.7, usual: 1.1, most: 1.7 },
  measured:
    'Its tokenizer is not known. Those of Llama 3, Qwen 3, Gemma 3 and Mistral need 0.7 to 1.7 of their tokens for one of ours, and up to 3.6 in Arabic and Hindi.',
};

const openAi = ({
  images = false,
  ...shown
}: Pick<CatalogEntry, 'id' | 'label' | 'description' | 'contextTokens' | 'maxExampleTokens'> & {
  images?: boolean;
}): CatalogEntry => ({
  ...shown,
  minExamples: 10,
  maxExamples: null,
  maxFileBytes: 512_000_000,
  tokenizer: 'o200k_base',
  tokenCount: exactCount,
  // Line format of platform.openai.com/docs/guides/fine-tuning; images: /docs/guides/vision-fine-tuning.
  accepts: { tools: true, images, weights: true },
  defaults: auto,
  limits: openAiLimits,
  auto: openAiAuto,
  // Nobody can create jobs from 2027-01-06 on (hour and zone unknown), and every fine-tune ends with its base.
  jobsUntil: '2027-01-05',
  retiresOn: '2027-01-14',
  source: DEPRECATIONS,
  checkedAt: CHECKED,
});

/** The built-in trainer says its limits itself (`GET /v1/models`); these stand in until it was asked once. */
const builtin: CatalogEntry = {
  id: 'tiny-chat-1',
  label: 'Tiny chat 1',
  description:
    'A 1.5-million-parameter model that runs the whole loop on your own machine in about a minute or two. It learns formats, labels, fixed answers and short copying. It knows almost nothing about the world, is easily thrown by new wording, and does not replace a hosted model. The losses and scores you see are really measured.',
  contextTokens: 512,
  maxExampleTokens: 513,
  minExamples: 10,
  maxExamples: 20_000,
  maxFileBytes: 64 * 1024 * 1024,
  tokenizer: 'tiny-chat-1',
  tokenCount: tinyChatCount,
  // Text only: a row with a tool call has no text in that message, and is refused.
  accepts: { tools: false, images: false, weights: true },
  defaults: auto,
  limits: { ...openAiLimits, learningRateMultiplier: { min: 0.01, max: 100 } },
  auto: {
    epochs: { targetExamples: 1200, min: 3, max: 15 },
    batchSize: { divisor: 32, min: 1, max: 32 },
    learningRateMultiplier: 1,
    explanation:
      'About 1,200 examples seen in total (3 to 15 epochs) and about 32 steps per epoch: measured to be enough for small tasks.',
    certainty: 'stated',
  },
  jobsUntil: null,
  retiresOn: null,
  source: 'The trainer of this installation, GET /v1/models',
  checkedAt: null,
};

/**
 * Tunable models by kind of connection. Tokens per example: 65,536 for the gpt-4o family, unknown for gpt-4.1
 * (platform.openai.com/docs/guides/fine-tuning). Context: platform.openai.com/docs/models.
 */
export const baseModelCatalog: Record<ConnectionKind, readonly CatalogEntry[]> = {
  builtin: [builtin],
  openai: [
    openAi({
      id: 'gpt-4.1-mini-2025-04-14',
      label: 'GPT-4.1 mini',
      description: 'Small and quick, with a long context. A good first choice for most tasks.',
      contextTokens: 1_047_576,
      maxExampleTokens: null,
    }),
    openAi({
      id: 'gpt-4o-mini-2024-07-18',
      label: 'GPT-4o mini',
      description: 'The cheapest to tune and to call.',
      contextTokens: 128_000,
      maxExampleTokens: 65_536,
    }),
    openAi({
      id: 'gpt-4.1-2025-04-14',
      label: 'GPT-4.1',
      description: 'The strongest that can be tuned, at several times the price of the small ones.',
      contextTokens: 1_047_576,
      maxExampleTokens: null,
    }),
    openAi({
      id: 'gpt-4o-2024-08-06',
      label: 'GPT-4o',
      description: 'Strong; takes images in examples too.',
      contextTokens: 128_000,
      maxExampleTokens: 65_536,
      images: true,
    }),
  ],
  openai_compatible: [],
};

/** A model of which only its id is known: the shape's own ranges, and no promise. */
export const unknownModel = (id: string): CatalogEntry => ({
  id,
  label: id,
  description: null,
  contextTokens: null,
  maxExampleTokens: null,
  minExamples: 10,
  maxExamples: null,
  maxFileBytes: 512_000_000,
  tokenizer: null,
  tokenCount: unknownCount,
  accepts: { tools: null, images: null, weights: null },
  defaults: auto,
  limits: openAiLimits,
  auto: {
    ...openAiAuto,
    learningRateMultiplier: 1,
    explanation: 'The server chooses and does not say how. The figures are what other servers of this shape do.',
  },
  jobsUntil: null,
  retiresOn: null,
  source: null,
  checkedAt: null,
});
