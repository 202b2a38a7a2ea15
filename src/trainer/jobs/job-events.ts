import type { CheckpointReport, StepReport } from '../training/job-messages';
import type { EventObject, JobObject, StepMetrics } from './job-objects';

/** What an event says, before it gets its id. */
export interface Saying {
  readonly level?: EventObject['level'];
  readonly message: string;
  readonly data?: Record<string, unknown> | null;
}

/** An event whose id follows from the job and `what`: telling the same thing twice gives the same id. */
export function eventOf(jobId: string, what: string, saying: Saying, at = Date.now()): EventObject {
  return {
    id: `ftevent-${jobId.replace('ftjob-', '')}-${what}`,
    object: 'fine_tuning.job.event',
    created_at: Math.floor(at / 1000),
    level: saying.level ?? 'info',
    message: saying.message,
    type: 'message',
    data: saying.data ?? null,
  };
}

/** The metrics event of a step; step 0 tells how the untouched base does. */
export function stepEvent(jobId: string, report: StepReport): EventObject {
  const losses: [string, number | null][] = [
    ['training loss', report.trainLoss],
    ['validation loss', report.validLoss],
    ['full validation loss', report.fullValidLoss],
  ];
  const told = losses.flatMap(([name, loss]) => (loss === null ? [] : [`${name}=${loss.toFixed(4)}`]));
  const message = `Step ${report.step}/${report.totalSteps}: ${told.join(', ')}`;
  const event = eventOf(jobId, `step-${report.step}`, { message }, report.at);
  return { ...event, type: 'metrics', data: stepMetrics(report) };
}

/** The figures of a step under OpenAI's names. */
export function stepMetrics(report: StepReport): StepMetrics {
  const all = {
    step: report.step,
    total_steps: report.totalSteps,
    train_loss: report.trainLoss,
    train_mean_token_accuracy: report.trainAccuracy,
    valid_loss: report.validLoss,
    valid_mean_token_accuracy: report.validAccuracy,
    full_valid_loss: report.fullValidLoss,
    full_valid_mean_token_accuracy: report.fullValidAccuracy,
    tokens_per_second: report.tokensPerSecond,
    learning_rate: report.learningRate,
    epoch: report.epoch,
    trained_tokens: report.trainedTokens,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as unknown as StepMetrics;
}

/** The event of a checkpoint that can be served. */
export function checkpointEvent(jobId: string, report: CheckpointReport, model: string): EventObject {
  const message = `Checkpoint created at step ${report.step}: ${model}`;
  return eventOf(jobId, `checkpoint-${report.step}`, { message, data: { step: report.step, model } }, report.at);
}

/**
 * The result file of a job in the columns of OpenAI's (`step,train_loss,train_accuracy,valid_loss,
 * valid_mean_token_accuracy`), oldest step first.
 */
export function metricsCsv(events: readonly EventObject[]): string {
  const rows = events
    .flatMap((event) => (event.type === 'metrics' ? [event.data as StepMetrics] : []))
    .sort((a, b) => a.step - b.step)
    .map((m) => [m.step, m.train_loss, m.train_mean_token_accuracy, m.valid_loss, m.valid_mean_token_accuracy]);
  const header = 'step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy';
  return [header, ...rows.map((row) => row.map((value) => value ?? '').join(','))].join('\n').concat('\n');
}

/** The id under which the tuned model is served: `ft:<base>:tuneloop:<suffix>:<id>`. */
export function tunedModelId(job: JobObject): string {
  const suffix = (job.user_provided_suffix ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `ft:${job.model}:tuneloop:${suffix}:${job.id.slice(-8)}`;
}
