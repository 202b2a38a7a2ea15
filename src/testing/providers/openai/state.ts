import { randomBytes } from 'node:crypto';
import { FakeError } from './errors';
import { metricsAt, phaseAt, type RunPlan, totalSteps } from './training-run';

export interface FakeFile {
  id: string;
  bytes: number;
  created_at: number;
  filename: string;
  lines: number;
}

export interface FakeEvent {
  id: string;
  object: 'fine_tuning.job.event';
  created_at: number;
  level: 'info' | 'warn' | 'error';
  message: string;
  type: 'message' | 'metrics';
  data: Record<string, unknown> | null;
}

export interface FakeCheckpoint {
  id: string;
  object: 'fine_tuning.job.checkpoint';
  created_at: number;
  fine_tuned_model_checkpoint: string;
  fine_tuning_job_id: string;
  step_number: number;
  metrics: Record<string, unknown>;
}

export interface FakeJob {
  id: string;
  /** Unix seconds of the fake's clock. */
  createdAt: number;
  model: string;
  suffix: string | null;
  seed: number;
  trainingFile: string;
  validationFile: string | null;
  metadata: Record<string, string> | null;
  asked: Record<string, unknown>;
  plan: RunPlan;
  status: string;
  /** A word to show instead of the real status. */
  shown: string | null;
  step: number;
  finishedAt: number | null;
  /** Succeeded, and its model has no name yet. */
  nameless?: boolean;
  pausedSeconds: number;
  events: FakeEvent[];
  checkpoints: FakeCheckpoint[];
}

const KEPT_EPOCHS = 3;

export const newId = (prefix: string): string => `${prefix}${randomBytes(12).toString('hex')}`;

/** Everything the fake remembers. Its clock moves only by `advance`, so a test decides how far a job is. */
export class FakeState {
  /** Unix seconds. */
  now = Date.UTC(2026, 10, 24) / 1000;
  /** 403 `training_not_available` for every new job, as OpenAI answers organisations that it has closed out. */
  closed = false;
  /** Pause between two words of a streamed answer, in real milliseconds. */
  wordTakesMs = 0;
  /** The next streamed answer loses its connection after so many words. */
  cutAfterWords: number | null = null;
  /** Streamed answers that nobody read to their end. */
  abandonedAnswers = 0;
  readonly files = new Map<string, FakeFile>();
  readonly jobs: FakeJob[] = [];

  advance(seconds: number): void {
    for (let tick = 0; tick < seconds; tick++) {
      this.now++;
      for (const job of this.jobs) this.tick(job);
    }
  }

  job(id: string): FakeJob {
    const job = this.jobs.find((each) => each.id === id);
    if (job) return job;
    throw new FakeError(404, `Could not find fine tune: ${id}`, 'fine_tune_id', 'fine_tune_not_found');
  }

  add(job: FakeJob): void {
    this.jobs.push(job);
    this.say(job, `Created fine-tuning job: ${job.id}`);
    this.say(job, `Validating training file: ${job.trainingFile}`);
  }

  cancel(job: FakeJob): void {
    if (isOver(job)) throw new FakeError(400, `Job has already completed: ${job.id}`, null, 'invalid_job_state');
    this.end(job, 'cancelled', 'Fine-tuning job cancelled.');
  }

  tunedModel(job: FakeJob): string {
    return `ft:${job.model}:fake-org:${job.suffix ?? ''}:${job.id.slice(-8)}`;
  }

  /** Adds an event, as the real service does on its own. Returns it, so that a test can change its time. */
  say(job: FakeJob, message: string, data: Record<string, unknown> | null = null): FakeEvent {
    const event: FakeEvent = {
      id: newId('ftevent-'),
      object: 'fine_tuning.job.event',
      created_at: this.now,
      level: 'info',
      message,
      type: data ? 'metrics' : 'message',
      data: data ?? {},
    };
    job.events.push(event);
    return event;
  }

  private tick(job: FakeJob): void {
    if (isOver(job)) return;
    if (job.status === 'paused') {
      job.pausedSeconds++;
      return;
    }
    const { phase, step } = phaseAt(job.plan, this.now - job.createdAt - job.pausedSeconds);
    if (phase === 'failed') {
      this.end(job, 'failed', `Fine-tuning job failed: ${job.plan.problem?.message}`);
      return;
    }
    if (phase !== job.status && phase !== 'succeeded') {
      job.status = phase;
      this.say(job, phase === 'queued' ? 'Files validated, moving job to queued state' : 'Fine-tuning job started');
    }
    while (job.step < step) this.train(job);
    if (phase === 'succeeded') this.end(job, 'succeeded', 'The job has successfully completed');
  }

  private train(job: FakeJob): void {
    job.step++;
    const metrics = metricsAt(job.plan, job.step);
    const total = totalSteps(job.plan);
    this.say(job, `Step ${job.step}/${total}: training loss=${metrics.train_loss}`, metrics);
    const perEpoch = total / job.plan.epochs;
    if (job.step % perEpoch !== 0) return;
    const { total_steps: _total, ...figures } = metrics;
    const model = this.tunedModel(job);
    job.checkpoints.push({
      id: newId('ftckpt_'),
      object: 'fine_tuning.job.checkpoint',
      created_at: this.now,
      fine_tuned_model_checkpoint: job.step === total ? model : `${model}:ckpt-step-${job.step}`,
      fine_tuning_job_id: job.id,
      step_number: job.step,
      metrics: figures,
    });
    job.checkpoints.splice(0, Math.max(0, job.checkpoints.length - KEPT_EPOCHS));
  }

  private end(job: FakeJob, status: string, message: string): void {
    job.status = status;
    job.finishedAt = this.now;
    this.say(job, message);
  }
}

export const isOver = (job: FakeJob): boolean => ['succeeded', 'failed', 'cancelled'].includes(job.status);
