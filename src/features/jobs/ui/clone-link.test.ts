import { expect, it } from 'vitest';
import { usd } from '@/lib/money';
import { makeJob } from '@/testing/job-view';
import { cloneHref } from './clone-link';
import { launchForm } from './wizard/launch-form';
import { textsOf } from './wizard/launch-texts';

it('carries every setting of the job into the wizard, and the wizard understands them', () => {
  const job = makeJob({
    hyperparameters: { epochs: 3, batchSize: 'auto', learningRateMultiplier: 1.8 },
    cap: usd(4.2),
    suffix: 'router',
    seed: 7,
  });
  const query = Object.fromEntries(new URL(cloneHref(job), 'http://localhost').searchParams);
  expect(query).toMatchObject({ dataset: job.dataset.id, version: job.dataset.versionId, model: job.baseModel });
  const texts = textsOf({
    ...{ dataset: null, version: null, connection: null, model: null, name: null, from: null },
    ...{ epochs: query.epochs ?? null, batch: query.batch ?? null, lr: query.lr ?? null },
    ...{ suffix: query.suffix ?? null, seed: query.seed ?? null, cap: query.cap ?? null },
  });
  expect(launchForm.parse(texts)).toMatchObject({
    ...{ epochs: 3, batchSize: 'auto', learningRateMultiplier: 1.8, seed: 7, suffix: 'router', cap: usd(4.2) },
  });
});

it('leaves out a suffix that the wizard would refuse', () => {
  expect(cloneHref(makeJob({ suffix: 'Support tickets (sample)' }))).not.toContain('suffix');
});
