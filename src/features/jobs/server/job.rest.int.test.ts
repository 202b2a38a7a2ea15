import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRestDispatcher, type RestDispatcher } from '@/platform/rest/dispatch';
import { buildOpenApi } from '@/platform/rest/openapi';
import { type JobLab, makeJobLab, startFake } from '@/testing/jobs/job-lab';
import { createJobRoutes } from './job.rest';

let fake: Awaited<ReturnType<typeof startFake>>;
let lab: JobLab;
let dispatch: RestDispatcher;
beforeAll(async () => {
  fake = await startFake();
  lab = await makeJobLab(fake, { free: true });
  dispatch = createRestDispatcher(createJobRoutes(lab.jobs), async () => lab.actor);
});
afterAll(() => fake.close());

async function send(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const response = await dispatch(
    new Request(`http://here/api/fine-tuning/jobs${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );
  // biome-ignore lint/suspicious/noExplicitAny: answers of the door as a caller without types sees them
  return { status: response.status, body: (await response.json()) as any };
}

describe('the REST door', () => {
  it('launches with no more than a dataset: its ready version, the built-in trainer, a model that can be tuned', async () => {
    const { status, body } = await send('POST', '', { dataset: lab.datasetId, cap: '1.25' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'queued', cost: '0', cap: '1.25', connection: { kind: 'builtin' } });
    const { body: found } = await send('GET', `/${body.id}`);
    expect(found).toMatchObject({ id: body.id, held: '0', charged: null });
    const { body: page } = await send('GET', `/${body.id}/events?limit=1`);
    expect(page.items).toMatchObject([{ seq: 1, type: 'status' }]);
    const { body: rest } = await send('GET', `/${body.id}/events?cursor=${page.nextCursor}&type=money`);
    expect(rest.items).toMatchObject([{ seq: 2, type: 'money' }]);
    const cancelled = await send('POST', `/${body.id}/cancel`);
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled' } });
  });

  it('launches once per Idempotency-Key', async () => {
    const before = (await send('GET', '?limit=200')).body.items.length;
    const launch = () => send('POST', '', { dataset: lab.datasetId }, { 'idempotency-key': 'same' });
    const answers = [await launch(), await launch(), await launch()];
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await send('GET', '?limit=200')).body.items).toHaveLength(before + 1);
  });

  it('says what is wrong with a request, at the field', async () => {
    for (const body of [{}, { dataset: lab.datasetId, datasetVersionId: lab.versionId }, { dataset: 'x' }])
      expect(await send('POST', '', body)).toMatchObject({ status: 400 });
    const cap = await send('POST', '', { dataset: lab.datasetId, cap: '-1' });
    expect(JSON.stringify(cap.body.details)).toContain('cap');
    expect(await send('POST', '', { dataset: crypto.randomUUID() })).toMatchObject({ status: 404 });
  });

  it('is described in OpenAPI', () => {
    const routes = createJobRoutes(lab.jobs);
    const { paths } = buildOpenApi(routes, { title: 't', version: '1', description: 'd' }) as { paths: object };
    expect(Object.keys(paths)).toHaveLength(4);
    expect(JSON.stringify(paths)).toContain('US dollars');
  });
});
