import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FakeOpenAi, startFakeOpenAi } from '@/testing/providers/openai/fake-openai';
import type { Fault } from '@/testing/providers/openai/faults';
import { isProviderFailure } from '../../provider-failure';
import { describeTrainingProvider } from '../training-contract';
import type { TrainingProvider } from '../training-port';
import { openAiTraining } from './adapter';
import { openAiCompatibleProfile, openAiProfile } from './profile';

const BASE = 'gpt-4.1-mini-2025-04-14';
const impatient = { read: 400, create: 400, upload: 5000 };

for (const profile of [openAiProfile, openAiCompatibleProfile]) {
  describeTrainingProvider(`The fake of OpenAI, profile "${profile.name}"`, async () => {
    const fake = await startFakeOpenAi();
    const { make } = openAiTraining(profile);
    return {
      training: make(fake),
      wrongKey: make({ baseUrl: fake.baseUrl, apiKey: 'sk-not-this-one' }),
      baseModel: BASE,
      pass: async () => fake.state.advance(1),
      close: fake.close,
    };
  });
}

describe('the OpenAI adapter when things go wrong', () => {
  let fake: FakeOpenAi;
  let training: TrainingProvider;
  beforeAll(async () => {
    fake = await startFakeOpenAi();
    training = openAiTraining(openAiProfile, impatient).make(fake);
  });
  afterAll(() => fake.close());
  afterEach(() => {
    fake.requests.length = 0;
    fake.state.closed = false;
  });

  const line = `${JSON.stringify({ messages: [{ role: 'user', content: 'a' }] })}\n`;
  async function* lines(count: number) {
    for (let index = 0; index < count; index++) yield Buffer.from(line);
  }
  const upload = (count = 40) => training.uploadFile({ name: 'x.jsonl', content: lines(count) });
  const spec = (trainingFileId: string) => ({
    baseModel: BASE,
    trainingFileId,
    method: 'sft' as const,
    hyperparameters: { epochs: 2, batchSize: 10, learningRate: { kind: 'auto' as const } },
  });
  const failure = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!isProviderFailure(error)) throw new Error(`expected a ProviderFailure, got ${String(error)}`);
    return error;
  };

  const lost: [string, Fault, number][] = [
    ['the connection is cut after the job was made', { kind: 'drop', when: 'after' }, 1],
    ['the connection is cut before anything happened', { kind: 'drop', when: 'before' }, 0],
    ['no answer comes and the job was made', { kind: 'hang', when: 'after' }, 1],
    ['no answer comes and nothing happened', { kind: 'hang', when: 'before' }, 0],
    ['a 500 comes and the job was made', { kind: 'status', status: 500, when: 'after' }, 1],
    ['a 503 comes and nothing happened', { kind: 'status', status: 503, when: 'before' }, 0],
    ['a 408 comes and the job was made', { kind: 'status', status: 408, when: 'after' }, 1],
    ['the answer stops half way', { kind: 'stall' }, 0],
    ['the answer is a web page', { kind: 'garbage' }, 0],
    ['the answer is an empty object', { kind: 'status', status: 200, when: 'after', body: {} }, 1],
  ];
  it.each(lost)('does not know the outcome, and asks once only, when %s', async (_name, fault, jobs) => {
    const { fileId } = await upload();
    const tag = randomUUID();
    fake.faults.next('jobs.create', fault);
    expect((await failure(training.createJob(spec(fileId), tag))).class).toBe('unknown_outcome');
    expect(fake.requests.filter(({ call }) => call === 'jobs.create')).toHaveLength(1);
    expect(await training.findJobs(tag)).toHaveLength(jobs);
  });

  it('waits as long as it is told, and knows that nothing was made', async () => {
    const { fileId } = await upload();
    fake.faults.next('jobs.create', { kind: 'rate_limit', retryAfterSeconds: 7 });
    const error = await failure(training.createJob(spec(fileId), randomUUID()));
    expect(error).toMatchObject({ class: 'rate_limit', retryAfterMs: 7000 });
    expect(fake.requests.filter(({ call }) => call === 'jobs.create')).toHaveLength(1);
  });

  it('tells an empty account from a busy one', async () => {
    const { fileId } = await upload();
    fake.faults.next('jobs.create', { kind: 'insufficient_quota' });
    expect((await failure(training.createJob(spec(fileId), randomUUID()))).class).toBe('quota');
  });

  it('says "closed to your organisation", before anything is uploaded', async () => {
    fake.state.closed = true;
    expect(await training.checkAccess()).toMatchObject({ ok: true, mayCreate: 'unknown' });
    const report = await training.checkAccess({ probe: true });
    expect(report).toMatchObject({ ok: true, mayCreate: 'no', reason: 'closed' });
    expect(report.message).toContain('closed to your organisation');
    const error = await failure(training.createJob(spec('file-any'), randomUUID()));
    expect(error).toMatchObject({ class: 'forbidden', reason: 'closed', raw: { status: 403 } });
    expect(fake.state.jobs.every((job) => job.trainingFile !== 'file-any')).toBe(true);
  });

  it('probes without leaving a job behind', async () => {
    const before = fake.state.jobs.length;
    expect(await training.checkAccess({ probe: true })).toMatchObject({ mayCreate: 'yes' });
    expect(fake.state.jobs).toHaveLength(before);
  });

  it('tells a server that only answers from one that trains', async () => {
    fake.faults.next('jobs.list', { kind: 'status', status: 404, when: 'before', body: { detail: 'Not Found' } });
    expect(await training.checkAccess({ probe: true })).toMatchObject({
      ok: true,
      mayCreate: 'no',
      reason: 'no_training',
    });
  });

  it('does not follow a redirect, so the key stays where it was meant to go', async () => {
    const elsewhere = await startFakeOpenAi();
    const headers = { location: `${elsewhere.baseUrl}/fine_tuning/jobs` };
    for (const status of [302, 307])
      fake.faults.next('jobs.create', { kind: 'status', status, when: 'before', body: {}, headers });
    for (const _ of [302, 307])
      expect((await failure(training.createJob(spec('file-any'), randomUUID()))).class).toBe('invalid');
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });

  it('never repeats the key, even when the server does', async () => {
    const calls: [() => Promise<unknown>, 'models.list' | 'jobs.create' | 'files.create'][] = [
      [() => training.listBaseModels(), 'models.list'],
      [() => training.createJob(spec('file-any'), randomUUID()), 'jobs.create'],
      [() => upload(), 'files.create'],
    ];
    for (const [work, call] of calls) {
      fake.faults.next(call, { kind: 'echo_key' });
      const error = await failure(work());
      expect(error.class).toBe('auth');
      const everything = [error.message, error.stack, JSON.stringify(error.raw), String(error.cause)].join();
      expect(everything).not.toContain(fake.apiKey);
      expect(everything).toContain('[key]');
    }
  });

  it('does not name a key that fetch itself refuses', async () => {
    const apiKey = 'sk-with-a-line\nend-secret';
    const error = await failure(
      openAiTraining(openAiProfile, impatient)
        .make({ ...fake, apiKey })
        .listBaseModels(),
    );
    expect(`${error.message}${error.stack}${String(error.cause)}${JSON.stringify(error.raw)}`).not.toContain(
      'end-secret',
    );
  });

  it('shows a word it does not know, and does not take it for an end', async () => {
    const { fileId } = await upload();
    const job = await training.createJob(spec(fileId), randomUUID());
    fake.state.job(job.id).shown = 'provisioning';
    expect(await training.getJob(job.id)).toMatchObject({ state: 'unknown', rawState: 'provisioning' });
  });

  it('refuses to conclude from a list without an end', async () => {
    const endless = {
      data: Array.from({ length: 100 }, (_, n) => ({ id: `ftjob-${n}`, status: 'queued' })),
      has_more: true,
    };
    fake.faults.always('jobs.list', { kind: 'status', status: 200, when: 'before', body: endless });
    expect((await failure(training.findJobs(randomUUID()))).class).toBe('transient');
    fake.faults.always('jobs.list', null);
  });

  it.each([
    ['newest_first', false],
    ['oldest_first', false],
    ['shuffled', false],
    ['newest_first', true],
    ['shuffled', true],
  ] as const)('tells each of 400 events once: list %s, pages repeated: %s', async (order, repeatPages) => {
    Object.assign(fake.habits, { order, repeatPages });
    const { fileId } = await upload(1970);
    const hyperparameters = { ...spec('').hyperparameters, batchSize: 10 };
    const { id } = await training.createJob({ ...spec(fileId), hyperparameters }, randomUUID());
    const steps: number[] = [];
    const ids: string[] = [];
    let cursor: string | null = null;
    for (const seconds of [0, 1, 2, 40, 1, 150, 30, 300]) {
      fake.state.advance(seconds);
      const news = await training.listEvents(id, cursor);
      cursor = news.nextCursor;
      ids.push(...news.items.map((event) => event.id));
      steps.push(...news.items.flatMap(({ metrics }) => (metrics ? [metrics.step] : [])));
    }
    Object.assign(fake.habits, { order: 'newest_first', repeatPages: false });
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(fake.state.job(id).events.length);
    expect(steps).toEqual(Array.from({ length: 394 }, (_, index) => index + 1));
    expect(cursor?.length).toBeLessThan(3000);
  });

  it('sees an event that turns up late', async () => {
    const { fileId } = await upload();
    const { id } = await training.createJob(spec(fileId), randomUUID());
    fake.state.advance(9);
    const { nextCursor } = await training.listEvents(id, null);
    const late = fake.state.say(fake.state.job(id), 'told late');
    late.created_at -= 5;
    const news = await training.listEvents(id, nextCursor);
    expect(news.items.map(({ message }) => message)).toEqual(['told late']);
    expect((await training.listEvents(id, news.nextCursor)).items).toEqual([]);
  });

  it('uploads 200 MB in flat memory', { timeout: 60_000 }, async () => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    const count = 3200;
    let most = 0;
    async function* content() {
      for (let index = 0; index < count; index++) {
        if (index % 64 === 0) most = Math.max(most, process.memoryUsage().rss);
        yield piece;
      }
    }
    const before = process.memoryUsage().rss;
    const patient = openAiTraining(openAiProfile).make(fake);
    const { fileId } = await patient.uploadFile({ name: 'x.jsonl', content: content(), bytes: piece.length * count });
    expect(fake.state.files.get(fileId)?.bytes).toBe(piece.length * count);
    // Sender and receiver share this process.
    console.log(`memory while uploading 200 MB: +${Math.round((most - before) / 1e6)} MB`);
    expect(most - before).toBeLessThan(100e6);
  });
});
