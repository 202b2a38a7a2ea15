import type { ProviderEvent, ProviderMetrics } from '../training-port';
import { type Fields, fieldsOf, integer, number, text, time } from './loose';

/** `Step 300/300: training loss=0.15, validation loss=0.27, full validation loss=0.40`; Azure leaves the total out. */
const STEP_MESSAGE = /^Step (\d+)(?:\/(\d+))?:/;
const LOSSES: [keyof Pick<ProviderMetrics, 'trainLoss' | 'validLoss' | 'fullValidLoss'>, RegExp][] = [
  ['trainLoss', /(?:^|[^a-z])training loss=([\d.eE+-]+)/],
  ['validLoss', /(?<!full )validation loss=([\d.eE+-]+)/],
  ['fullValidLoss', /full validation loss=([\d.eE+-]+)/],
];

/** The first of several spellings that holds a number: events, checkpoints and look-alikes differ. */
const first = (data: Fields, ...keys: string[]): number | null => {
  for (const key of keys) {
    const value = number(data[key]);
    if (value !== null) return value;
  }
  return null;
};

/** Metrics of an event's `data` or a checkpoint's `metrics`; null when there is no step or no figure at all. */
export function metricsOf(raw: unknown): ProviderMetrics | null {
  const data = fieldsOf(raw);
  const step = integer(data.step);
  if (step === null || step < 0) return null;
  const metrics: ProviderMetrics = {
    step,
    totalSteps: integer(data.total_steps),
    epoch: number(data.epoch),
    trainLoss: first(data, 'train_loss'),
    validLoss: first(data, 'valid_loss'),
    fullValidLoss: first(data, 'full_valid_loss'),
    trainAccuracy: first(data, 'train_mean_token_accuracy', 'train_accuracy'),
    validAccuracy: first(
      data,
      'full_valid_mean_token_accuracy',
      'valid_mean_token_accuracy',
      'validation_mean_token_accuracy',
    ),
    learningRate: first(data, 'learning_rate'),
    tokensPerSecond: first(data, 'tokens_per_second'),
    trainedTokens: integer(data.trained_tokens),
  };
  const { step: _step, totalSteps: _total, ...figures } = metrics;
  return Object.values(figures).some((value) => value !== null) ? metrics : null;
}

function metricsInMessage(message: string): ProviderMetrics | null {
  const match = STEP_MESSAGE.exec(message);
  if (!match) return null;
  const data: Fields = { step: match[1], total_steps: match[2] };
  const keys = { trainLoss: 'train_loss', validLoss: 'valid_loss', fullValidLoss: 'full_valid_loss' } as const;
  for (const [name, pattern] of LOSSES) data[keys[name]] = pattern.exec(message)?.[1];
  return metricsOf(data);
}

const LEVELS: Record<string, ProviderEvent['level']> = { info: 'info', warn: 'warn', warning: 'warn', error: 'error' };

/** Null for something without an id: it could not be told apart from its own repetition. */
export function toEvent(raw: unknown): ProviderEvent | null {
  const event = fieldsOf(raw);
  const id = text(event.id);
  if (id === null) return null;
  const message = text(event.message) ?? '';
  const metrics = event.type === 'message' ? null : (metricsOf(event.data) ?? metricsInMessage(message));
  return {
    id,
    time: time(event.created_at) ?? new Date(0),
    level: LEVELS[text(event.level) ?? 'info'] ?? 'info',
    type: metrics ? 'metrics' : 'message',
    message,
    ...(metrics ? { metrics } : {}),
  };
}

/**
 * By time. Within one second: as the list has it (most run from new to old, so those are turned round), except that
 * metrics stand in the order of their steps.
 */
export function inOrder(listed: ProviderEvent[]): ProviderEvent[] {
  const at = (event: ProviderEvent | undefined): number => event?.time.getTime() ?? 0;
  const oldestFirst = at(listed.at(0)) < at(listed.at(-1));
  const sorted = (oldestFirst ? listed : listed.toReversed()).toSorted((a, b) => at(a) - at(b));
  const out = [...sorted];
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && at(sorted[end]) === at(sorted[start])) end++;
    const metrics = sorted.slice(start, end).filter((event) => event.metrics);
    metrics.sort((a, b) => (a.metrics?.step ?? 0) - (b.metrics?.step ?? 0));
    for (let index = start; index < end; index++) {
      const next = sorted[index]?.metrics && metrics.shift();
      if (next) out[index] = next;
    }
  }
  return out;
}
