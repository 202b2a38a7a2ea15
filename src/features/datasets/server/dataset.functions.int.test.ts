import { serve } from 'inngest/edge';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngine, type Engine } from '@/engine/engine';
import { env } from '@/env';
import { AppError } from '@/lib/app-error';
import { configureInngest } from '@/platform/inngest/client';
import { logger } from '@/platform/logger/logger';
import { deliverOutbox } from '@/platform/outbox/deliver-outbox';
import { closeDatasetLab, type DatasetLab, datasetLab, makeRows } from '@/testing/dataset-lab';
import { createDatasetFunctions } from './dataset.functions';

let engine: Engine;
let lab: DatasetLab;
const signingKey = `signkey-test-${'ab'.repeat(32)}`;

beforeAll(async () => {
  lab = await datasetLab();
  let handler: ((request: Request) => Promise<Response>) | undefined;
  engine = createEngine({
    ...{ connectionString: env.DATABASE_URL, signingKey, logger, retryDelayMs: () => 20 },
    handler: (request) => {
      if (!handler) throw new Error('called before the functions were made');
      return handler(request);
    },
  });
  const client = configureInngest({ fetch: engine.fetch, isDev: false, signingKey, eventKey: 'test' });
  handler = serve({ client, functions: createDatasetFunctions(lab.datasets) });
  await engine.start();
});

afterAll(async () => {
  await engine.stop();
  await closeDatasetLab();
});

async function ended(datasetId: string) {
  for (let waited = 0; waited < 20_000; waited += 50) {
    await deliverOutbox(new Date());
    const { version } = await lab.datasets.get(lab.actor, datasetId);
    if (!['pending', 'importing'].includes(version.status)) return version;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the import did not end');
}

it('reads a file as soon as its event is delivered', async () => {
  const { datasetId } = await lab.start(Buffer.from(makeRows(20).join('\n')));
  expect(await ended(datasetId)).toMatchObject({ status: 'ready', rows: 20 });
});

it('makes a change of many rows in the background', async () => {
  const { datasets, actor } = lab;
  const { datasetId, versionId } = await lab.importBytes(Buffer.from(makeRows(2100).join('\n')));
  const change = { kind: 'deleteMatching' as const, filter: { split: 'train' as const } };
  const everything = { kind: 'replaceSystemPrompt' as const, text: 'New.', filter: {} };
  expect(await datasets.change(actor, { datasetId, versionId, change })).toMatchObject({ status: 'ready' });
  const { version } = await datasets.get(actor, datasetId);
  await datasets.change(actor, { datasetId, versionId: version.id, change: { kind: 'goBack', number: 1 } });
  const back = (await datasets.get(actor, datasetId)).version;
  const made = await datasets.change(actor, { datasetId, versionId: back.id, change: everything });
  expect(made.status).toBe('pending');
  for (let waited = 0; waited < 20_000; waited += 50) {
    await deliverOutbox(new Date());
    const now = (await datasets.get(actor, datasetId)).version;
    if (now.id === made.versionId) {
      expect(now).toMatchObject({ status: 'ready', rows: 2100, change: { changed: 2100 } });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the change did not end');
});

it('tries again after a fault that passes, and stores each row once', async () => {
  const { storage } = lab;
  const location = storage.location.bind(storage);
  let faults = 2;
  storage.location = (key) => (faults-- > 0 ? Promise.reject(new Error('socket hang up')) : location(key));
  const { datasetId } = await lab.start(Buffer.from(makeRows(20).join('\n')));
  expect(await ended(datasetId)).toMatchObject({ status: 'ready', rows: 20 });
  storage.location = location;
});

it('leaves a version whose import never works as failed, with words that can be shown', async () => {
  const { storage } = lab;
  const location = storage.location.bind(storage);
  const faults = [
    [new Error('connect ECONNREFUSED 10.0.0.7:443 secret'), 'fault on our side'],
    [
      new AppError({ kind: 'provider_failed', reason: 'storage.unavailable', message: 'The storage is away.' }),
      'The storage is away.',
    ],
  ] as const;
  for (const [fault, said] of faults) {
    storage.location = () => Promise.reject(fault);
    const { datasetId } = await lab.start(Buffer.from(makeRows(20).join('\n')));
    const version = await ended(datasetId);
    expect(version).toMatchObject({ status: 'failed', rows: 0, statusReason: expect.stringContaining(said) });
    expect(version.statusReason).not.toContain('10.0.0.7');
  }
  storage.location = location;
});
