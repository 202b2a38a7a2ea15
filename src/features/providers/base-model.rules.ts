import { z } from 'zod';
import { baseModelCatalog, type CatalogEntry, unknownModel } from './base-model.catalog';
import type { BaseModel, ConnectionHealth, ConnectionKind } from './provider.schema';

const range = z.object({ min: z.number(), max: z.number() });
const wholeRange = z.object({ min: z.number().int(), max: z.number().int() });

/** What our trainer says of its base beyond OpenAI's shape. Other servers may say the same. */
const statedTuning = z.object({
  min_examples: z.number().int(),
  /** Servers of before this figure leave it out. */
  max_examples: z.number().int().optional(),
  max_example_tokens: z.number().int(),
  max_file_bytes: z.number().int(),
  hyperparameters: z.object({ n_epochs: wholeRange, batch_size: wholeRange, learning_rate_multiplier: range }),
  auto: z.object({
    n_epochs: wholeRange.extend({ target_examples: z.number().int() }),
    batch_size: wholeRange.extend({ divisor: z.number() }),
    learning_rate_multiplier: z.number(),
  }),
});

/** A listed model as it is kept with its connection: JSON of our own making, so parsed on the way out. */
export const listedModel = z.object({
  id: z.string(),
  retiresOn: z.string().nullable(),
  contextTokens: z.number().int().positive().nullable(),
  tuning: statedTuning.nullable(),
});

export type ListedModel = z.infer<typeof listedModel>;

/** Servers name the same figure differently: ours and many gateways, vLLM. */
const CONTEXT_KEYS = ['context_length', 'max_model_len'];
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Takes from a provider's answer what we use of it; anything of another shape is left out, not believed. */
export function toListed(model: { id: string; retiresOn: string | null; raw: Record<string, unknown> }): ListedModel {
  const [context] = CONTEXT_KEYS.map((key) => model.raw[key]).filter(
    (value): value is number => typeof value === 'number' && Number.isInteger(value) && value > 0,
  );
  const tuning = statedTuning.safeParse(model.raw.fine_tuning);
  return {
    id: model.id,
    retiresOn: model.retiresOn && ISO_DAY.test(model.retiresOn) ? model.retiresOn : null,
    contextTokens: context ?? null,
    tuning: tuning.success ? tuning.data : null,
  };
}

export interface ConnectionFacts {
  id: string;
  kind: ConnectionKind;
  label: string;
  health: ConnectionHealth;
  healthMessage: string | null;
  lastCheckedAt: Date | null;
  free: boolean;
  listed: readonly ListedModel[];
  /** Why nothing can start there at all, whatever the model; null = it can. */
  obstacle: string | null;
}

/**
 * Base models of one connection: the curated ones and what the provider listed, its own word first.
 * @param today ISO date, UTC
 */
export function baseModelsOf(connection: ConnectionFacts, today: string): BaseModel[] {
  const curated = baseModelCatalog[connection.kind];
  const listed = new Map(connection.listed.map((model) => [model.id, model]));
  const further = connection.listed.filter(({ id }) => !curated.some((entry) => entry.id === id));
  const entries = [...curated, ...further.map(({ id }) => unknownModel(id))];
  return entries.map((entry) => {
    const said = listed.get(entry.id);
    const model = said ? withStated(entry, said, connection.lastCheckedAt) : entry;
    const unavailableReason = obstacleOf(connection, model, said !== undefined, today);
    return {
      ...model,
      connectionId: connection.id,
      connectionLabel: connection.label,
      connectionKind: connection.kind,
      connectionHealth: connection.health,
      available: unavailableReason === null,
      unavailableReason,
      free: connection.free,
    };
  });
}

function withStated(entry: CatalogEntry, said: ListedModel, checked: Date | null): CatalogEntry {
  const retiresOn = said.retiresOn ?? entry.retiresOn;
  const contextTokens = said.contextTokens ?? entry.contextTokens;
  if (!said.tuning) return { ...entry, retiresOn, contextTokens };
  const { hyperparameters, auto } = said.tuning;
  return {
    ...entry,
    ...{ retiresOn, contextTokens, checkedAt: checked ? isoDay(checked) : entry.checkedAt },
    minExamples: said.tuning.min_examples,
    maxExamples: said.tuning.max_examples ?? entry.maxExamples,
    maxExampleTokens: said.tuning.max_example_tokens,
    maxFileBytes: said.tuning.max_file_bytes,
    limits: {
      epochs: hyperparameters.n_epochs,
      batchSize: hyperparameters.batch_size,
      learningRateMultiplier: hyperparameters.learning_rate_multiplier,
    },
    auto: {
      epochs: {
        targetExamples: auto.n_epochs.target_examples,
        min: auto.n_epochs.min,
        max: auto.n_epochs.max,
      },
      batchSize: auto.batch_size,
      learningRateMultiplier: auto.learning_rate_multiplier,
      explanation: entry.auto.certainty === 'stated' ? entry.auto.explanation : 'The rule that the server states.',
      certainty: 'stated',
    },
  };
}

function obstacleOf(connection: ConnectionFacts, model: CatalogEntry, isListed: boolean, today: string): string | null {
  const { label, health, healthMessage, listed } = connection;
  if (connection.obstacle) return connection.obstacle;
  if (health === 'closed') return healthMessage ?? `${label} takes no training jobs.`;
  if (model.retiresOn && today >= model.retiresOn) return `${model.label} was switched off on ${model.retiresOn}.`;
  if (model.jobsUntil && today > model.jobsUntil)
    return `The last day on which jobs on ${model.label} could start was ${model.jobsUntil}. Choose another provider.`;
  if (listed.length > 0 && !isListed)
    return `${label} does not list ${model.id} for this key. Allow the model in the project's settings at the provider, then check the connection.`;
  return null;
}

/** Available ones first; otherwise the given order, which is that of the connections and the catalogue. */
export const availableFirst = (models: readonly BaseModel[]): BaseModel[] =>
  models.toSorted((a, b) => Number(b.available) - Number(a.available));

export const isoDay = (time: Date): string => time.toISOString().slice(0, 10);
