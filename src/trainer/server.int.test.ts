import fs from 'node:fs';
import path from 'node:path';
import type { FineTuningJob, FineTuningJobEvent } from 'openai/resources/fine-tuning/jobs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StepMetrics, StoredJob } from './jobs/job-objects';
import { colourExamples } from './testing/examples';
import {
  bundleTrainer,
  dataFolder,
  type RunningTrainer,
  spawnTrainer,
  startTrainer,
  until,
} from './testing/start-trainer';

const KEY = 'test-key';
const TIME = 60_000;
const folder = dataFolder();
let trainer: RunningTrainer;

const restart = async () => {
  trainer = await startTrainer(folder, { TRAINER_API_KEY: KEY });
};
beforeAll(async () => {
  await bundleTrainer();
  await restart();
});
afterAll(async () => {
  await trainer.end('SIGKILL');
  fs.rmSync(folder, { recursive: true });
});

const upload = (text: string, name = 'train.jsonl') =>
  trainer.client.files.create({ file: new File([text], name), purpose: 'fine-tune' });

interface Choices {
  readonly examples?: number;
  readonly epochs?: number;
  readonly metadata?: Record<string, string>;
}

async function launch({ examples = 24, epochs = 2, metadata = {} }: Choices = {}): Promise<FineTuningJob> {
  const [training, validation] = [await upload(colourExamples(examples)), await upload(colourExamples(5))];
  return trainer.client.fineTuning.jobs.create({
    model: 'tiny-chat-1',
    training_file: training.id,
    validation_file: validation.id,
    suffix: 'Lamp Colours!',
    seed: 5,
    metadata,
    method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: epochs, batch_size: 4 } } },
  });
}

const look = (id: string) => trainer.client.fineTuning.jobs.retrieve(id);
const status = (id: string, ...wanted: FineTuningJob['status'][]) =>
  until(async () => {
    const job = await look(id);
    return wanted.includes(job.status) ? job : undefined;
  });
const over = (id: string) => status(id, 'succeeded', 'failed', 'cancelled');

/** All events, oldest first, fetched page by page. */
async function events(id: string): Promise<FineTuningJobEvent[]> {
  const all: FineTuningJobEvent[] = [];
  for await (const event of trainer.client.fineTuning.jobs.listEvents(id, { limit: 7 })) all.push(event);
  return all.toReversed();
}

async function steps(id: string): Promise<StepMetrics[]> {
  return (await events(id)).filter((event) => event.type === 'metrics').map((event) => event.data as StepMetrics);
}

const reached = (id: string, step: number) =>
  until(async () => ((await steps(id)).some((metrics) => metrics.step >= step) ? true : undefined));

const stored = (id: string) =>
  JSON.parse(fs.readFileSync(path.join(folder, 'jobs', id, 'job.json'), 'utf8')) as StoredJob;

const alive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const question = [{ role: 'user' as const, content: 'The lamp 3 is black.' }];

describe('a job by the official SDK', () => {
  it(
    'trains, reports every step, and serves the result and its checkpoints',
    async () => {
      const created = await launch({ metadata: { run: 'first', app: 'test' } });
      expect(created).toMatchObject({ object: 'fine_tuning.job', status: 'validating_files', error: null, seed: 5 });
      await reached(created.id, 0);
      const during = await trainer.client.chat.completions.create({
        model: 'tiny-chat-1',
        messages: question,
        max_tokens: 5,
      });
      expect(during.usage?.completion_tokens).toBeGreaterThan(0);

      const job = await over(created.id);
      expect(job).toMatchObject({ status: 'succeeded', trained_tokens: expect.any(Number) });
      expect(job.fine_tuned_model).toMatch(/^ft:tiny-chat-1:tuneloop:lamp-colours:[0-9a-f]{8}$/);
      const metrics = await steps(job.id);
      expect(metrics.map(({ step }) => step)).toEqual(Array.from({ length: 13 }, (_, step) => step));
      const [base, last] = [metrics[0], metrics[12]];
      expect(base?.full_valid_loss).toBeGreaterThan(last?.full_valid_loss ?? Number.NaN);
      expect(base?.train_loss).toBeUndefined();
      expect(last?.trained_tokens).toBe(job.trained_tokens);
      expect(metrics.filter((step) => step.full_valid_loss !== undefined).map(({ step }) => step)).toEqual([0, 6, 12]);
      for (const step of metrics.slice(1)) {
        expect(step).toMatchObject({ total_steps: 12, train_loss: expect.any(Number), valid_loss: expect.any(Number) });
      }

      const checkpoints = await trainer.client.fineTuning.jobs.checkpoints.list(job.id);
      expect(checkpoints.data.map((checkpoint) => checkpoint.step_number)).toEqual([12, 6]);
      expect(checkpoints.data[0]?.metrics.full_valid_loss).toBe(last?.full_valid_loss);
      const csv = await (await trainer.client.files.content(job.result_files[0] ?? '')).text();
      expect(csv.split('\n')[0]).toBe('step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy');
      expect(csv.trim().split('\n')).toHaveLength(14);

      for (const model of [job.fine_tuned_model ?? '', checkpoints.data[1]?.fine_tuned_model_checkpoint ?? '']) {
        expect((await trainer.client.models.retrieve(model)).id).toBe(model);
        const options = { model, messages: question, temperature: 0, max_tokens: 20 };
        const whole = await trainer.client.chat.completions.create(options);
        const stream = await trainer.client.chat.completions.create({
          ...options,
          stream: true,
          stream_options: { include_usage: true },
        });
        let text = '';
        let usage: unknown;
        for await (const chunk of stream) {
          text += chunk.choices[0]?.delta.content ?? '';
          usage = chunk.usage ?? usage;
        }
        expect(text).toBe(whole.choices[0]?.message.content);
        expect(usage).toEqual(whole.usage);
      }
      const listed = await trainer.client.fineTuning.jobs.list({ metadata: { run: 'first' } });
      expect(listed.data.map(({ id }) => id)).toEqual([job.id]);
      expect((await trainer.client.fineTuning.jobs.list({ metadata: { run: 'second' } })).data).toEqual([]);
      const models = await trainer.client.models.list();
      expect(models.data.map(({ id }) => id)).toEqual(['tiny-chat-1', job.fine_tuned_model]);
    },
    TIME,
  );

  it(
    'goes on after kill -9 of the training process with the same losses as a job that was left alone',
    async () => {
      const [calm, killed] = [await launch({ epochs: 4 }), await launch({ epochs: 4 })];
      await reached(killed.id, 8);
      process.kill(stored(killed.id).process?.pid ?? 0, 'SIGKILL');
      expect((await over(killed.id)).status).toBe('succeeded');
      const texts = (await events(killed.id)).map(({ message }) => message);
      expect(texts.filter((text) => text.includes('started again (1 of 3)'))).toHaveLength(1);
      expect(texts.filter((text) => text.startsWith('Training goes on after step'))).toHaveLength(1);

      const figures = async (id: string) =>
        (await steps(id)).map(({ step, train_loss, valid_loss, full_valid_loss, trained_tokens }) => {
          return { step, train_loss, valid_loss, full_valid_loss, trained_tokens };
        });
      expect(await figures(killed.id)).toEqual(await figures(calm.id));
    },
    TIME,
  );

  it(
    'survives kill -9 of the server: the running job goes on, the queued one waits, both can be cancelled',
    async () => {
      const [running, queued] = [await launch({ epochs: 50 }), await launch()];
      await status(queued.id, 'queued');
      await reached(running.id, 8);
      const pid = stored(running.id).process?.pid ?? 0;
      const before = await steps(running.id);
      await trainer.end('SIGKILL');
      await until(async () => (alive(pid) ? undefined : true), 3000);

      await restart();
      const second = spawnTrainer(folder);
      await new Promise((resolve) => second.child.once('close', resolve));
      expect(second.child.exitCode).toBe(1);
      expect(second.log()).toContain('Another trainer');

      await reached(running.id, before.length + 3);
      const after = await steps(running.id);
      expect(after.map(({ step }) => step)).toEqual(after.map((_, index) => index));
      expect(after.slice(0, before.length)).toEqual(before);
      expect((await look(queued.id)).status).toBe('queued');

      expect((await trainer.client.fineTuning.jobs.cancel(queued.id)).status).toBe('cancelled');
      const asked = Date.now();
      expect((await trainer.client.fineTuning.jobs.cancel(running.id)).status).toBe('cancelled');
      expect(Date.now() - asked).toBeLessThan(2000);
      await expect(trainer.client.fineTuning.jobs.cancel(running.id)).rejects.toMatchObject({ status: 400 });
    },
    TIME,
  );

  it(
    'is cancelled within two seconds while it compiles, and a stopping server saves and ends within three',
    async () => {
      const compiling = await launch();
      await status(compiling.id, 'running');
      const asked = Date.now();
      await trainer.client.fineTuning.jobs.cancel(compiling.id);
      expect(Date.now() - asked).toBeLessThan(2000);

      const job = await launch({ epochs: 50 });
      await reached(job.id, 3);
      const done = (await steps(job.id)).length - 1;
      const told = Date.now();
      expect(await trainer.end('SIGTERM')).toBe(0);
      expect(Date.now() - told).toBeLessThan(3000);
      expect(fs.existsSync(path.join(folder, 'trainer.pid.json'))).toBe(false);
      await restart();
      await reached(job.id, done + 2);
      const resumed = (await events(job.id)).find(({ message }) => message.startsWith('Training goes on'));
      expect(Number(resumed?.message.match(/after step (\d+)/)?.[1])).toBeGreaterThanOrEqual(done);
      await trainer.client.fineTuning.jobs.cancel(job.id);
    },
    TIME,
  );
});

describe('what cannot be', () => {
  it(
    'fails with the reason when the training process dies again and again',
    async () => {
      const { id } = await launch({ epochs: 50 });
      let last = 0;
      for (let death = 0; death < 4; death++) {
        const previous = last;
        last = await until(async () => {
          const pid = stored(id).process?.pid ?? previous;
          return pid === previous ? undefined : pid;
        });
        process.kill(last, 'SIGKILL');
      }
      const job = await over(id);
      expect(job).toMatchObject({ status: 'failed', error: { code: 'training_process_died' } });
      expect(job.error?.message).toContain('SIGKILL, after 3 restarts');
    },
    TIME,
  );

  it(
    'fails in validation with every problem as an event',
    async () => {
      const bad = ['not json', '{"messages":[]}', '{"messages":[{"role":"user","content":"only asks"}]}'].join('\n');
      const file = await upload(colourExamples(10) + bad);
      const { id } = await trainer.client.fineTuning.jobs.create({ model: 'tiny-chat-1', training_file: file.id });
      const job = await over(id);
      expect(job).toMatchObject({ status: 'failed', error: { code: 'invalid_training_file', param: 'training_file' } });
      const problems = (await events(id)).filter(({ level }) => level === 'error').map(({ message }) => message);
      expect(problems.slice(0, 3).map((problem) => problem.slice(0, 8))).toEqual(['Line 11:', 'Line 12:', 'Line 13:']);
      expect(problems.at(-1)).toContain('The job failed');
    },
    TIME,
  );

  it('is refused in OpenAI’s error shape', async () => {
    const { client, url } = trainer;
    const file = await upload('x');
    const create = (body: object) =>
      client.fineTuning.jobs.create({ model: 'tiny-chat-1', training_file: file.id, ...body });
    const hyperparameters = { n_epochs: 51 };
    const refused: [() => Promise<unknown>, object][] = [
      [() => create({ model: 'gpt-4' }), { status: 400, code: 'model_not_found', param: 'model' }],
      [() => create({ training_file: 'file-none' }), { status: 400, code: 'file_not_found', param: 'training_file' }],
      [() => create({ hyperparameters }), { status: 400, param: 'hyperparameters.n_epochs' }],
      [() => create({ method: { type: 'dpo' } }), { status: 400, code: 'unsupported_method' }],
      [() => upload(''), { status: 400, param: 'file' }],
      [() => client.fineTuning.jobs.retrieve('ftjob-none'), { status: 404, code: 'fine_tune_not_found' }],
      [() => client.files.retrieve('../../etc/passwd'), { status: 404 }],
      [() => client.models.retrieve('ft:none'), { status: 404, code: 'model_not_found' }],
      [() => client.get('/nothing'), { status: 404, code: 'unknown_url' }],
      [() => client.chat.completions.create({ model: 'none', messages: question }), { status: 404 }],
      [
        () =>
          client.chat.completions.create({
            model: 'tiny-chat-1',
            messages: [{ role: 'user', content: 'x '.repeat(900) }],
          }),
        { status: 400, code: 'context_length_exceeded' },
      ],
      [() => client.withOptions({ apiKey: 'wrong' }).models.list(), { status: 401, code: 'invalid_api_key' }],
    ];
    for (const [ask, expected] of refused) await expect(ask()).rejects.toMatchObject(expected);
    const broken = await fetch(`${url}/chat/completions`, {
      method: 'POST',
      body: '{',
      headers: { authorization: `Bearer ${KEY}` },
    });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toEqual({
      error: { message: expect.any(String), type: 'invalid_request_error', param: null, code: null },
    });
    await expect(client.files.delete(file.id)).resolves.toMatchObject({ deleted: true });
  });
});
