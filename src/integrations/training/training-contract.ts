import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isProviderFailure } from '../provider-failure';
import { isTerminalState, type ProviderEvent, type ProviderJob, type TrainingProvider } from './training-port';

/** A provider under test, with what the suite cannot know by itself. */
export interface ContractSubject {
  training: TrainingProvider;
  /** The same address with a key that is not accepted; null where none is needed. */
  wrongKey: TrainingProvider | null;
  baseModel: string;
  /** Lets time pass: moves a fake's clock, or waits. Called between two looks at a job. */
  pass(): Promise<void>;
  close(): Promise<void>;
}

const COLOURS = ['red', 'blue', 'green', 'black', 'white'];

function examples(count: number): Buffer {
  const lines = Array.from({ length: count }, (_, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const messages = [
      { role: 'user', content: `The lamp ${index} is ${colour}.` },
      { role: 'assistant', content: `colour: ${colour}` },
    ];
    return `${JSON.stringify({ messages })}\n`;
  });
  return Buffer.from(lines.join(''));
}

async function* inPieces(content: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += 700) yield content.subarray(at, at + 700);
}

async function failureOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isProviderFailure(error)) throw new Error(`expected a ProviderFailure, got ${String(error)}`);
  return error;
}

/** What every training adapter must do, whoever is at the other end. */
export function describeTrainingProvider(name: string, make: () => Promise<ContractSubject>): void {
  describe(`${name} as a training provider`, () => {
    let subject: ContractSubject;
    const training = (): TrainingProvider => subject.training;
    beforeAll(async () => {
      subject = await make();
    });
    afterAll(() => subject?.close());

    const upload = (count = 40) => {
      const content = examples(count);
      return training().uploadFile({ name: 'colours.jsonl', content: inPieces(content), bytes: content.length });
    };
    const specOf = (trainingFileId: string, epochs: number) => ({
      baseModel: subject.baseModel,
      trainingFileId,
      method: 'sft' as const,
      hyperparameters: { epochs, batchSize: 10, learningRate: { kind: 'multiplier' as const, value: 1 } },
      seed: 7,
      suffix: 'Lamp colours!',
    });
    const launch = async (epochs: number, tag: string = randomUUID()) => {
      const { fileId } = await upload();
      return { tag, fileId, job: await training().createJob(specOf(fileId, epochs), tag) };
    };

    it('says whether the key works and whether jobs may be created', async () => {
      expect(await training().checkAccess({ probe: true })).toMatchObject({ ok: true, mayCreate: 'yes' });
      if (subject.wrongKey)
        expect(await subject.wrongKey.checkAccess({ probe: true })).toMatchObject({ ok: false, reason: 'auth' });
    });

    it('lists what can be tuned', async () => {
      const ids = (await training().listBaseModels()).map(({ id }) => id);
      expect(ids).toContain(subject.baseModel);
      expect(ids.filter((id) => id.startsWith('ft:'))).toEqual([]);
    });

    it('takes files of known and of unknown length, and deletes them once or twice', async () => {
      const { fileId } = await upload();
      const other = await training().uploadFile({ name: 'no length', content: inPieces(examples(12)) });
      expect(other.fileId).not.toBe(fileId);
      for (const id of [fileId, fileId, other.fileId]) await training().deleteFile(id);
    });

    it('does not pass off a file that is shorter than announced', async () => {
      const content = examples(20);
      const cut = training().uploadFile({ name: 'a.jsonl', content: inPieces(content), bytes: content.length + 1 });
      expect((await failureOf(cut)).class).toBe('transient');
    });

    it('finds a job by its tag, and only by its own', async () => {
      const { job, tag, fileId } = await launch(1);
      const found = await training().findJobs(tag, { trainingFileId: fileId });
      expect(found.map(({ id }) => id)).toEqual([job.id]);
      expect(await training().findJobs(randomUUID())).toEqual([]);
      const listed = await training().listJobs(null);
      expect(listed.items.map(({ id }) => id)).toContain(job.id);
      await training().cancelJob(job.id);
    });

    it('runs a job to its end, and tells each event once', { timeout: 120_000 }, async () => {
      const { job } = await launch(3);
      const read: ProviderEvent[] = [];
      let cursor: string | null = null;
      let now: ProviderJob = job;
      for (let round = 0; round < 600; round++) {
        now = await training().getJob(job.id);
        const news = await training().listEvents(job.id, cursor);
        read.push(...news.items);
        cursor = news.nextCursor;
        if (isTerminalState(now.state)) break;
        await subject.pass();
      }
      read.push(...(await training().listEvents(job.id, cursor)).items);

      expect(now).toMatchObject({ state: 'succeeded', error: null, baseModel: subject.baseModel });
      expect(now.fineTunedModel).toMatch(/^ft:.*lamp-colours/);
      expect(now.trainedTokens).toBeGreaterThan(0);
      expect(now.finishedAt?.getTime()).toBeGreaterThanOrEqual(now.createdAt.getTime());
      expect(now.hyperparameters).toMatchObject({ epochs: 3, batchSize: 10 });

      expect(new Set(read.map(({ id }) => id)).size).toBe(read.length);
      const whole = await training().listEvents(job.id, null);
      expect(whole.items.map(({ id }) => id)).toEqual(read.map(({ id }) => id));
      const times = read.map(({ time }) => time.getTime());
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      const losses = read.flatMap(({ metrics }) => (metrics && metrics.trainLoss !== null ? [metrics] : []));
      expect(losses.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
      expect(losses.every(({ totalSteps }) => totalSteps === 12)).toBe(true);

      const checkpoints = await training().listCheckpoints(job.id);
      expect(checkpoints.map(({ step }) => step)).toEqual([4, 8, 12]);
      expect(checkpoints.every(({ modelId }) => modelId.startsWith('ft:'))).toBe(true);
      expect((await training().cancelJob(job.id)).state).toBe('succeeded');
    });

    it('cancels a job, and a second cancel only tells how it ended', async () => {
      const { job } = await launch(20);
      await training().cancelJob(job.id);
      let now = await training().getJob(job.id);
      for (let round = 0; round < 300 && !isTerminalState(now.state); round++) {
        await subject.pass();
        now = await training().getJob(job.id);
      }
      expect(now.state).toBe('cancelled');
      expect((await training().cancelJob(job.id)).state).toBe('cancelled');
    });

    it('refuses what it does not know, in the words of the port', async () => {
      const missing = 'ftjob-000000000000000000000000';
      expect((await failureOf(training().getJob(missing))).class).toBe('not_found');
      expect((await failureOf(training().cancelJob(missing))).class).toBe('not_found');
      expect((await failureOf(training().listEvents(missing, null))).class).toBe('not_found');
      const noFile = await failureOf(training().createJob(specOf('file-none', 1), randomUUID()));
      expect(noFile).toMatchObject({ class: 'invalid', raw: { param: 'training_file' } });
      const { fileId } = await upload();
      const noModel = training().createJob({ ...specOf(fileId, 1), baseModel: 'no-such-model' }, randomUUID());
      expect((await failureOf(noModel)).class).toBe('invalid');
    });

    it('knows that a request which was never sent had no effect', async () => {
      const { fileId } = await upload();
      const spec = specOf(fileId, 1);
      const absolute = { ...spec.hyperparameters, learningRate: { kind: 'absolute' as const, value: 1e-5 } };
      if (training().caps.learningRate === 'multiplier') {
        const refused = training().createJob({ ...spec, hyperparameters: absolute }, randomUUID());
        expect((await failureOf(refused)).class).toBe('invalid');
      }
      const tag = randomUUID();
      const aborted = training().createJob(spec, tag, { signal: AbortSignal.abort() });
      expect(['transient', 'unknown_outcome']).toContain((await failureOf(aborted)).class);
      expect(await training().findJobs(tag)).toEqual([]);
    });
  });
}
