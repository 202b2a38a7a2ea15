import fs from 'node:fs';
import type { TrainerConfig } from '../config';
import { startOf } from '../data-lock';
import { writeJsonAtomically } from '../files/atomic-file';
import { log } from '../log';
import { resolveHyperparameters } from '../training/hyperparameters';
import type { TrainingReport, TrainingSpec } from '../training/job-messages';
import type { JobLife } from './job-life';
import { isOver, type StoredJob } from './job-objects';
import type { JobStore } from './job-store';
import { checkInThread, type ProcessEnd, TrainingProcess } from './run-process';

/** A training process that dies this often without a reason of its own makes the job fail. */
export const MAX_RESTARTS = 3;
/** How long a process may take to save its state when the server stops. */
const SAVE_PATIENCE_MS = 2000;

/** Checks files as jobs come in, and trains one job at a time in the order of their creation. */
export class Supervisor {
  private running: { job: StoredJob; process: TrainingProcess } | null = null;
  private checking: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly config: TrainerConfig,
    private readonly jobs: JobStore,
    private readonly life: JobLife,
  ) {}

  /** Takes up what the last server left: running jobs go on first, then the queue as it was. */
  recover(): void {
    for (const job of this.jobs.list().toReversed()) {
      if (isOver(job.object)) continue;
      if (job.process) endOrphan(job.process);
      job.process = null;
      if (job.object.status === 'validating_files') this.add(job);
    }
    this.startNext();
  }

  /** Jobs that wait or are being checked. */
  waiting(): number {
    return this.jobs.list().filter(({ object }) => !isOver(object) && object.status !== 'running').length;
  }

  /** Has a new job's files checked, then queues it. */
  add(job: StoredJob): void {
    const check = () =>
      this.check(job).catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        this.life.failed(job, { code: 'validation_failed', message, param: null });
      });
    this.checking = this.checking.then(check).then(() => this.startNext());
  }

  /** Ends a job that is not over, whatever it is doing. Its last checkpoints stay. */
  async cancel(job: StoredJob): Promise<void> {
    this.life.cancelled(job);
    if (this.running?.job === job) await this.running.process.kill();
  }

  /** Saves and ends the running process; jobs stay as they are for the next server. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running?.process.stop(SAVE_PATIENCE_MS);
  }

  private async check(job: StoredJob): Promise<void> {
    const { object } = job;
    if (isOver(object) || this.stopping) return;
    const files = this.filesOf(job);
    const result = await checkInThread({ role: 'check', tokenizer: this.config.tokenizer, ...files });
    if (isOver(object)) return;
    for (const param of ['training_file', 'validation_file'] as const) {
      const problems = result.problems[param];
      if (problems.length === 0) continue;
      problems.forEach((message, index) => {
        this.life.say(job, `problem-${param}-${index}`, { level: 'error', message, data: { param } });
      });
      const message = `The ${param} cannot be used. ${problems.slice(0, 5).join(' ')}`;
      this.life.failed(job, { code: `invalid_${param}`, message, param });
      return;
    }
    const hyperparameters = resolveHyperparameters(object.hyperparameters, result.examples);
    object.hyperparameters = hyperparameters;
    object.method = { type: 'supervised', supervised: { hyperparameters } };
    object.status = 'queued';
    this.jobs.save(job);
    const message = `Files validated: ${result.examples} examples, ${result.tokens} tokens. The job is queued.`;
    this.life.say(job, 'validated', { message, data: { ...hyperparameters } });
  }

  private startNext(): void {
    if (this.running || this.stopping) return;
    const open = this.jobs.list().toReversed();
    const next = ['running', 'queued'].map((status) => open.find((job) => job.object.status === status));
    const job = next.find((candidate) => candidate !== undefined);
    if (job) this.start(job);
  }

  private start(job: StoredJob): void {
    const { object } = job;
    const specFile = this.jobs.pathOf(object.id, 'spec.json');
    const spec: TrainingSpec = {
      jobId: object.id,
      folder: this.jobs.pathOf(object.id),
      baseCheckpoint: this.config.baseCheckpoint,
      tokenizer: this.config.tokenizer,
      ...this.filesOf(job),
      hyperparameters: resolveHyperparameters(object.hyperparameters, Number.MAX_SAFE_INTEGER),
      seed: object.seed,
      threads: this.config.threads,
    };
    writeJsonAtomically(specFile, spec);
    const process = new TrainingProcess(
      specFile,
      (report) => this.guard(job, () => this.heard(job, report)),
      (end) => this.guard(job, () => this.ended(job, end)),
    );
    this.running = { job, process };
    object.status = 'running';
    job.process = process.pid === null ? null : { pid: process.pid, startedAt: startOf(process.pid) };
    this.jobs.save(job);
    this.life.say(job, 'started', { message: 'Fine-tuning job started.' });
  }

  private heard(job: StoredJob, report: TrainingReport): void {
    if (isOver(job.object)) return;
    if (report.type === 'step') {
      this.life.stepped(job, report);
      this.estimate(job, report.totalSteps - report.step);
    } else if (report.type === 'checkpoint') {
      this.life.checkpointed(job, report);
    } else if (report.type === 'resumed') {
      const message = `Training goes on after step ${report.step}.`;
      this.life.say(job, `resumed-${report.at}`, { level: 'warn', message, data: { step: report.step } });
    } else if (report.type === 'succeeded') {
      this.life.succeeded(job);
    } else {
      this.life.failed(job, { code: report.code, message: report.message, param: null });
    }
  }

  /** The end of the process. A job that has not said how it ended is started again, a few times. */
  private ended(job: StoredJob, end: ProcessEnd): void {
    this.running = null;
    if (this.stopping) return;
    if (!isOver(job.object)) this.restart(job, end);
    // weights and moments, six times the size of a checkpoint, are of no more use
    else fs.rmSync(this.jobs.pathOf(job.object.id, 'state.safetensors'), { force: true });
    this.startNext();
  }

  private restart(job: StoredJob, end: ProcessEnd): void {
    const how = end.signal ? `by ${end.signal}` : `with code ${end.code}`;
    const why = end.complaint ? ` Its last words: ${end.complaint}` : '';
    log('warn', 'training process died', { job: job.object.id, how, complaint: end.complaint });
    if (job.restarts >= MAX_RESTARTS) {
      const message = `The training process ended ${how}, after ${MAX_RESTARTS} restarts.${why}`;
      this.life.failed(job, { code: 'training_process_died', message, param: null });
      return;
    }
    job.restarts++;
    job.process = null;
    this.jobs.save(job);
    const message = `The training process ended ${how}; it is started again (${job.restarts} of ${MAX_RESTARTS}).`;
    this.life.say(job, `restart-${job.restarts}`, { level: 'warn', message });
  }

  private estimate(job: StoredJob, stepsLeft: number): void {
    const steps = this.jobs.events(job.object.id).filter((event) => event.type === 'metrics');
    const first = steps.at(-1);
    if (!first || steps.length < 3) return;
    const secondsPerStep = (Date.now() / 1000 - first.created_at) / (steps.length - 1);
    job.object.estimated_finish = Math.round(Date.now() / 1000 + secondsPerStep * stepsLeft);
  }

  /** Nothing that happens to one job (a full disk, say) may end the server. */
  private guard(job: StoredJob, work: () => void): void {
    try {
      work();
    } catch (error) {
      log('error', 'could not record what a job reported', { job: job.object.id, error: String(error) });
    }
  }

  private filesOf(job: StoredJob) {
    const { id, validation_file: validation } = job.object;
    return {
      trainingFile: this.jobs.pathOf(id, 'train.jsonl'),
      validationFile: validation === null ? null : this.jobs.pathOf(id, 'validation.jsonl'),
    };
  }
}

/** Ends a training process that outlived its server, if it is still the same process. */
function endOrphan({ pid, startedAt }: { pid: number; startedAt: string | null }): void {
  if (startedAt === null || startOf(pid) !== startedAt) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended by itself in this moment
  }
}
