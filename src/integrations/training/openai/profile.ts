import type { Capabilities } from '../training-port';

/** How one OpenAI-shaped provider differs from the others: data, so that the adapter has no vendor branches. */
export interface OpenAiProfile {
  /** Shown in messages. */
  name: string;
  /** Where it is, when everybody reaches it at the same place. */
  baseUrl: string | null;
  caps: Capabilities;
  /** `GET /models` tells tunable models by itself (a field `tunable`), or everything that is no fine-tune may be tried. */
  baseModels: 'listed' | 'by-prefix';
  /** Ids that may be tuned, by prefix, where the list of models holds far more than that. */
  tunablePrefixes: readonly string[];
  /** `mayCreate` where it need not be asked. */
  mayCreate: 'yes' | 'ask';
}

const openAiShape = {
  learningRate: 'multiplier',
  methods: ['sft'],
  dedupe: 'metadata-filter',
  events: true,
  totalSteps: 'event',
  metrics: 'events',
  checkpoints: true,
  serving: 'implicit',
  messageWeight: true,
  suffixMax: 64,
  minExamples: 10,
} as const;

const shared = { ...openAiShape, methods: ['sft'] as Capabilities['methods'] };

/** Source: github.com/openai/openai-openapi (2026-08-21): 512 MB per file, suffix 1-64, pause and resume, events. */
export const openAiProfile: OpenAiProfile = {
  name: 'OpenAI',
  baseUrl: 'https://api.openai.com/v1',
  caps: { ...shared, pause: true, maxFileBytes: 512_000_000, free: false },
  baseModels: 'by-prefix',
  tunablePrefixes: ['gpt-4.1-2025', 'gpt-4.1-mini-2025', 'gpt-4o-2024-08-06', 'gpt-4o-mini-2024-07-18'],
  mayCreate: 'ask',
};

/** Our own trainer: the same wire shape on this machine, one event per step, free by nature, files of at most 64 MiB. */
export const builtinProfile: OpenAiProfile = {
  name: 'The built-in trainer',
  baseUrl: null,
  caps: { ...shared, pause: false, maxFileBytes: 64 * 1024 * 1024, free: true },
  baseModels: 'listed',
  tunablePrefixes: [],
  mayCreate: 'yes',
};

/** Any other server that speaks the shape. Nothing is promised, so nothing is assumed beyond it; its price is unknown. */
export const openAiCompatibleProfile: OpenAiProfile = {
  name: 'The provider',
  baseUrl: null,
  caps: { ...shared, dedupe: 'scan', pause: false, maxFileBytes: 512_000_000, free: false },
  baseModels: 'listed',
  tunablePrefixes: [],
  mayCreate: 'ask',
};
