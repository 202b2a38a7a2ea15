import fs from 'node:fs';
import path from 'node:path';
import type { FineTuningJob, FineTuningJobEvent } from 'openai/resources/fine-tuning/jobs';
import type { StepMetrics, StoredJob } from '../jobs/job-objects';
import { colourExamples } from './examples';
import { bundleTrainer, dataFolder, type RunningTrainer, startTrainer, until } from './start-trainer';

export const KEY = 'test-key';

interface Choices {
  readonly examples?: number;
  readonly epochs?: number;
  readonly metadata?: Record<string, string>;
}

/** A trainer process on a folder of its own, and the few things the tests do with it over and over. */
export class TrainerLab {
  readonly folder = dataFolder();
  private running: RunningTrainer | null = null;

  get trainer(): RunningTrainer {
    if (!this.running) throw new Error('The trainer was not started.');
    return this.running;
  }

  async open(): Promise<void> {
    await bundleTrainer();
    await this.restart();
  }

  restart = async (): Promise<void> => {
    this.running = await startTrainer(this.folder, { TRAINER_API_KEY: KEY });
  };

  async close(): Promise<void> {
    await this.running?.end('SIGKILL');
    fs.rmSync(this.folder, { recursive: true });
  }

  upload = (text: string, name = 'train.jsonl') =>
    this.trainer.client.files.create({ file: new File([text], name), purpose: 'fine-tune' });

  launch = async ({ examples = 24, epochs = 2, metadata = {} }: Choices = {}): Promise<FineTuningJob> => {
    const [training, validation] = [await this.upload(colourExamples(examples)), await this.upload(colourExamples(5))];
    return this.trainer.client.fineTuning.jobs.create({
      model: 'tiny-chat-1',
      training_file: training.id,
      validation_file: validation.id,
      suffix: 'Lamp Colours!',
      seed: 5,
      metadata,
      method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: epochs, batch_size: 4 } } },
    });
  };

  look = (id: string) => this.trainer.client.fineTuning.jobs.retrieve(id);

  status = (id: string, ...wanted: FineTuningJob['status'][]) =>
    until(async () => {
      const job = await this.look(id);
      return wanted.includes(job.status) ? job : undefined;
    });

  over = (id: string) => this.status(id, 'succeeded', 'failed', 'cancelled');

  /** All events, oldest first, fetched page by page. */
  events = async (id: string): Promise<FineTuningJobEvent[]> => {
    const all: FineTuningJobEvent[] = [];
    for await (const event of this.trainer.client.fineTuning.jobs.listEvents(id, { limit: 7 })) all.push(event);
    return all.toReversed();
  };

  steps = async (id: string): Promise<StepMetrics[]> =>
    (await this.events(id)).filter((event) => event.type === 'metrics').map((event) => event.data as StepMetrics);

  reached = (id: string, step: number) =>
    until(async () => ((await this.steps(id)).some((metrics) => metrics.step >= step) ? true : undefined));

  stored = (id: string) =>
    JSON.parse(fs.readFileSync(path.join(this.folder, 'jobs', id, 'job.json'), 'utf8')) as StoredJob;
}

/** A question of the kind that `colourExamples` teaches. */
export const question = [{ role: 'user' as const, content: 'The lamp 3 is black.' }];
