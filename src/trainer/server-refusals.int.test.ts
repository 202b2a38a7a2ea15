import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { colourExamples } from './testing/examples';
import { until } from './testing/start-trainer';
import { KEY, question, TrainerLab } from './testing/trainer-lab';

const TIME = 150_000;
const lab = new TrainerLab();
beforeAll(() => lab.open());
afterAll(() => lab.close());

describe('what cannot be', () => {
  it(
    'fails with the reason when the training process dies again and again',
    async () => {
      const { id } = await lab.launch({ epochs: 50 });
      let last = 0;
      for (let death = 0; death < 4; death++) {
        const previous = last;
        last = await until(async () => {
          const pid = lab.stored(id).process?.pid ?? previous;
          return pid === previous ? undefined : pid;
        });
        process.kill(last, 'SIGKILL');
      }
      const job = await lab.over(id);
      expect(job).toMatchObject({ status: 'failed', error: { code: 'training_process_died' } });
      expect(job.error?.message).toContain('SIGKILL, after 3 restarts');
    },
    TIME,
  );

  it(
    'fails in validation with every problem as an event',
    async () => {
      const bad = ['not json', '{"messages":[]}', '{"messages":[{"role":"user","content":"only asks"}]}'].join('\n');
      const file = await lab.upload(colourExamples(10) + bad);
      const { id } = await lab.trainer.client.fineTuning.jobs.create({ model: 'tiny-chat-1', training_file: file.id });
      const job = await lab.over(id);
      expect(job).toMatchObject({ status: 'failed', error: { code: 'invalid_training_file', param: 'training_file' } });
      const problems = (await lab.events(id)).filter(({ level }) => level === 'error').map(({ message }) => message);
      expect(problems.slice(0, 3).map((problem) => problem.slice(0, 8))).toEqual(['Line 11:', 'Line 12:', 'Line 13:']);
      expect(problems.at(-1)).toContain('The job failed');
    },
    TIME,
  );

  it('is refused in OpenAI’s error shape', async () => {
    const { client, url } = lab.trainer;
    const file = await lab.upload('x');
    const create = (body: object) =>
      client.fineTuning.jobs.create({ model: 'tiny-chat-1', training_file: file.id, ...body });
    const hyperparameters = { n_epochs: 51 };
    const refused: [() => Promise<unknown>, object][] = [
      [() => create({ model: 'gpt-4' }), { status: 400, code: 'model_not_found', param: 'model' }],
      [() => create({ training_file: 'file-none' }), { status: 400, code: 'file_not_found', param: 'training_file' }],
      [() => create({ hyperparameters }), { status: 400, param: 'hyperparameters.n_epochs' }],
      [() => create({ method: { type: 'dpo' } }), { status: 400, code: 'unsupported_method' }],
      [() => lab.upload(''), { status: 400, param: 'file' }],
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
