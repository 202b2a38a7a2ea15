import type { FileStore } from '../files/file-store';
import { log } from '../log';
import type { CheckpointReport, StepReport } from '../training/job-messages';
import { checkpointEvent, eventOf, metricsCsv, type Saying, stepEvent, stepMetrics, tunedModelId } from './job-events';
import { isOver, type JobError, type StepMetrics, type StoredJob } from './job-objects';
import type { JobStore } from './job-store';

const nowSeconds = () => Math.floor(Date.now() / 1000);

/** What may happen to a job, each written to disk before it counts. Telling the same thing twice changes nothing. */
export class JobLife {
  constructor(
    private readonly jobs: JobStore,
    private readonly files: FileStore,
  ) {}

  say(job: StoredJob, what: string, saying: Saying): void {
    this.jobs.addEvent(job.object.id, eventOf(job.object.id, what, saying));
  }

  stepped(job: StoredJob, report: StepReport): void {
    this.jobs.addEvent(job.object.id, stepEvent(job.object.id, report));
    const checkpoint = job.checkpoints.find((candidate) => candidate.step_number === report.step);
    if (checkpoint) Object.assign(checkpoint.metrics, stepMetrics(report));
  }

  checkpointed(job: StoredJob, report: CheckpointReport): void {
    const { id } = job.object;
    const model = `${tunedModelId(job.object)}:ckpt-step-${report.step}`;
    if (!job.checkpoints.some((checkpoint) => checkpoint.step_number === report.step)) {
      const step = this.jobs.events(id).find((event) => event.type === 'metrics' && event.data?.step === report.step);
      const { total_steps: _total, ...metrics } = step?.data ?? {};
      job.checkpoints.push({
        id: `ftckpt_${id.replace('ftjob-', '')}_${report.step}`,
        object: 'fine_tuning.job.checkpoint',
        created_at: Math.floor(report.at / 1000),
        fine_tuned_model_checkpoint: model,
        fine_tuning_job_id: id,
        step_number: report.step,
        metrics,
      });
      this.jobs.save(job);
    }
    this.jobs.addEvent(id, checkpointEvent(id, report, model));
  }

  succeeded(job: StoredJob): void {
    const { object } = job;
    if (isOver(object)) return;
    const results = this.files.create('step_metrics.csv', 'fine-tune-results', metricsCsv(this.jobs.events(object.id)));
    object.fine_tuned_model = tunedModelId(object);
    object.result_files = [results.id];
    this.say(job, 'model', { message: `New fine-tuned model created: ${object.fine_tuned_model}` });
    this.say(job, 'end', { message: 'The job has successfully completed.' });
    this.end(job, 'succeeded');
  }

  failed(job: StoredJob, error: JobError): void {
    if (isOver(job.object)) return;
    job.object.error = error;
    this.say(job, 'end', { level: 'error', message: `The job failed: ${error.message}`, data: { ...error } });
    this.end(job, 'failed');
  }

  cancelled(job: StoredJob): void {
    if (isOver(job.object)) return;
    this.say(job, 'end', { message: 'The job was cancelled.' });
    this.end(job, 'cancelled');
  }

  /** As OpenAI does it: null while a job runs, then what was really trained, also of a job that ended early. */
  private trainedTokens(id: string): number | null {
    const newest = this.jobs.events(id).find((event) => event.type === 'metrics');
    return (newest?.data as StepMetrics | undefined)?.trained_tokens ?? null;
  }

  private end(job: StoredJob, status: 'succeeded' | 'failed' | 'cancelled'): void {
    job.object.status = status;
    job.object.finished_at = nowSeconds();
    job.object.estimated_finish = null;
    job.object.trained_tokens = this.trainedTokens(job.object.id);
    job.process = null;
    this.jobs.save(job);
    log('info', 'job ended', { job: job.object.id, status, error: job.object.error?.message });
  }
}
