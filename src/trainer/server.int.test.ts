import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnTrainer, until } from './testing/start-trainer';
import { question, TrainerLab } from './testing/trainer-lab';

const TIME = 150_000;
const lab = new TrainerLab();
/** Trained from its beginning to its end without a disturbance. */
let calm = '';
beforeAll(() => lab.open());
afterAll(() => lab.close());

const alive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a job by the official SDK', () => {
  it(
    'trains, reports every step, and serves the result and its checkpoints',
    async () => {
      const created = await lab.launch({ epochs: 4, metadata: { run: 'first', app: 'test' } });
      expect(created).toMatchObject({ object: 'fine_tuning.job', status: 'validating_files', error: null, seed: 5 });
      await lab.reached(created.id, 0);
      // Like OpenAI: billable tokens are told at the end, never promised before.
      expect((await lab.look(created.id)).trained_tokens).toBeNull();
      const during = await lab.trainer.client.chat.completions.create({
        model: 'tiny-chat-1',
        messages: question,
        max_tokens: 5,
      });
      expect(during.usage?.completion_tokens).toBeGreaterThan(0);

      const job = await lab.over(created.id);
      expect(job).toMatchObject({ status: 'succeeded', trained_tokens: expect.any(Number) });
      expect(job.fine_tuned_model).toMatch(/^ft:tiny-chat-1:tuneloop:lamp-colours:[0-9a-f]{8}$/);
      const metrics = await lab.steps(job.id);
      expect(metrics.map(({ step }) => step)).toEqual(Array.from({ length: 25 }, (_, step) => step));
      const [base, last] = [metrics[0], metrics[24]];
      expect(base?.full_valid_loss).toBeGreaterThan(last?.full_valid_loss ?? Number.NaN);
      expect(base?.train_loss).toBeUndefined();
      expect(last?.trained_tokens).toBe(job.trained_tokens);
      const fully = metrics.filter((step) => step.full_valid_loss !== undefined).map(({ step }) => step);
      expect(fully).toEqual([0, 6, 12, 18, 24]);
      for (const step of metrics.slice(1)) {
        expect(step).toMatchObject({ total_steps: 24, train_loss: expect.any(Number), valid_loss: expect.any(Number) });
      }

      const checkpoints = await lab.trainer.client.fineTuning.jobs.checkpoints.list(job.id);
      expect(checkpoints.data.map((checkpoint) => checkpoint.step_number)).toEqual([24, 18, 12, 6]);
      expect(checkpoints.data[0]?.metrics.full_valid_loss).toBe(last?.full_valid_loss);
      const csv = await (await lab.trainer.client.files.content(job.result_files[0] ?? '')).text();
      expect(csv.split('\n')[0]).toBe('step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy');
      expect(csv.trim().split('\n')).toHaveLength(26);

      for (const model of [job.fine_tuned_model ?? '', checkpoints.data[1]?.fine_tuned_model_checkpoint ?? '']) {
        expect((await lab.trainer.client.models.retrieve(model)).id).toBe(model);
        const options = { model, messages: question, temperature: 0, max_tokens: 20 };
        const whole = await lab.trainer.client.chat.completions.create(options);
        const stream = await lab.trainer.client.chat.completions.create({
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
      const listed = await lab.trainer.client.fineTuning.jobs.list({ metadata: { run: 'first' } });
      expect(listed.data.map(({ id }) => id)).toEqual([job.id]);
      expect((await lab.trainer.client.fineTuning.jobs.list({ metadata: { run: 'second' } })).data).toEqual([]);
      const models = await lab.trainer.client.models.list();
      expect(models.data.map(({ id }) => id)).toEqual(['tiny-chat-1', job.fine_tuned_model]);
      calm = job.id;
    },
    TIME,
  );

  it(
    'goes on after kill -9 of the training process with the same losses as a job that was left alone',
    async () => {
      const killed = await lab.launch({ epochs: 4 });
      await lab.reached(killed.id, 8);
      process.kill(lab.stored(killed.id).process?.pid ?? 0, 'SIGKILL');
      expect((await lab.over(killed.id)).status).toBe('succeeded');
      const texts = (await lab.events(killed.id)).map(({ message }) => message);
      expect(texts.filter((text) => text.includes('started again (1 of 3)'))).toHaveLength(1);
      expect(texts.filter((text) => text.startsWith('Training goes on after step'))).toHaveLength(1);

      const figures = async (id: string) =>
        (await lab.steps(id)).map(({ step, train_loss, valid_loss, full_valid_loss, trained_tokens }) => {
          return { step, train_loss, valid_loss, full_valid_loss, trained_tokens };
        });
      expect(await figures(killed.id)).toEqual(await figures(calm));
    },
    TIME,
  );

  it(
    'survives kill -9 of the server: the running job goes on, the queued one waits, both can be cancelled',
    async () => {
      const [running, queued] = [await lab.launch({ epochs: 50 }), await lab.launch()];
      await lab.status(queued.id, 'queued');
      await lab.reached(running.id, 8);
      const pid = lab.stored(running.id).process?.pid ?? 0;
      const before = await lab.steps(running.id);
      await lab.trainer.end('SIGKILL');
      await until(async () => (alive(pid) ? undefined : true), 3000);

      await lab.restart();
      const second = spawnTrainer(lab.folder);
      await new Promise((resolve) => second.child.once('close', resolve));
      expect(second.child.exitCode).toBe(1);
      expect(second.log()).toContain('Another trainer');

      await lab.reached(running.id, before.length + 3);
      const after = await lab.steps(running.id);
      expect(after.map(({ step }) => step)).toEqual(after.map((_, index) => index));
      expect(after.slice(0, before.length)).toEqual(before);
      expect((await lab.look(queued.id)).status).toBe('queued');

      expect((await lab.trainer.client.fineTuning.jobs.cancel(queued.id)).status).toBe('cancelled');
      const asked = Date.now();
      expect((await lab.trainer.client.fineTuning.jobs.cancel(running.id)).status).toBe('cancelled');
      expect(Date.now() - asked).toBeLessThan(2000);
      await expect(lab.trainer.client.fineTuning.jobs.cancel(running.id)).rejects.toMatchObject({ status: 400 });
    },
    TIME,
  );

  it(
    'is cancelled within two seconds while it compiles, and a stopping server saves and ends within three',
    async () => {
      const compiling = await lab.launch();
      await lab.status(compiling.id, 'running');
      const asked = Date.now();
      await lab.trainer.client.fineTuning.jobs.cancel(compiling.id);
      expect(Date.now() - asked).toBeLessThan(2000);

      const job = await lab.launch({ epochs: 50 });
      await lab.reached(job.id, 3);
      const done = (await lab.steps(job.id)).length - 1;
      const told = Date.now();
      expect(await lab.trainer.end('SIGTERM')).toBe(0);
      expect(Date.now() - told).toBeLessThan(3000);
      expect(fs.existsSync(path.join(lab.folder, 'trainer.pid.json'))).toBe(false);
      await lab.restart();
      await lab.reached(job.id, done + 2);
      const resumed = (await lab.events(job.id)).find(({ message }) => message.startsWith('Training goes on'));
      expect(Number(resumed?.message.match(/after step (\d+)/)?.[1])).toBeGreaterThanOrEqual(done);
      await lab.trainer.client.fineTuning.jobs.cancel(job.id);
    },
    TIME,
  );
});
