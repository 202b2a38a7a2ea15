import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase, database } from '@/platform/db/database';
import { stopListening } from '@/platform/live/listener';
import { logger } from '@/platform/logger/logger';
import { MODEL } from '@/testing/doors/agent-lab';
import { procedureTable } from '@/testing/doors/door-table';
import { call, everything, request, textOf } from '@/testing/doors/knock';
import { routeTable } from '@/testing/doors/route-table';
import { seedModel } from '@/testing/doors/seed-model';
import { makeTenant, type Tenant } from '@/testing/doors/tenant';
import type { World } from '@/testing/doors/world';
import { launchJob } from '@/testing/jobs/job-lab';
import { type FakeOpenAi, startFakeOpenAi } from '@/testing/providers/openai/fake-openai';
import { services } from './services';
import { chatCompletions } from './v1/chat-completions';

// Invariant: a secret, once saved, never leaves: not in an answer, a log, an error, a table.

const secret = `sk-proj-${randomBytes(24).toString('hex')}`;
const nextSecret = `sk-proj-${randomBytes(24).toString('hex')}`;
let fake: FakeOpenAi;
let tenant: Tenant;
let apiKey = '';
let revokedKey = '';
let connectionId = '';
const heard: string[] = [];
const logged: string[] = [];

/** Remembers an answer of a door, for the search at the end. */
async function hear(path: string, input?: unknown) {
  const answer = await call(path, input, tenant.owner);
  heard.push(`${path} ${textOf(answer)}`);
  return answer;
}

beforeAll(async () => {
  const stream = (logger as unknown as Record<symbol, { write(line: string): void }>)[pino.symbols.streamSym];
  if (!stream) throw new Error('the log has no stream to listen to');
  stream.write = (line) => void logged.push(line);
  logger.level = 'trace';
  fake = await startFakeOpenAi({ apiKey: secret });
  tenant = await makeTenant();
  apiKey = await tenant.key('owner');
  const { key, id } = await services().workspaces.createApiKey(tenant.owner.actor, { name: 'old', role: 'member' });
  revokedKey = key;
  await hear('workspaces.revokeApiKey', { id });
  const made = await hear('providers.create', { kind: 'openai', label: 'Ours', baseUrl: fake.baseUrl, secret });
  if (!made.ok) throw new Error(made.message);
  connectionId = (made.data as { id: string }).id;
});
afterAll(async () => {
  logger.level = 'silent';
  await stopListening();
  await fake.close();
  await closeDatabase();
});

const chat = async (model: string, key: string): Promise<Response> => {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] });
  const headers = { authorization: `Bearer ${key}` };
  const response = await chatCompletions(new Request('http://app.test/v1', { method: 'POST', body, headers }));
  heard.push(`v1 ${response.status} ${await response.clone().text()}`);
  return response;
};

describe('secrets', () => {
  it('are not told by what manages connections, nor by wrong input', async () => {
    for (const path of ['providers.list', 'providers.baseModels']) await hear(path);
    for (const path of ['providers.get', 'providers.check']) await hear(path, { id: connectionId });
    await hear('providers.update', { id: connectionId, secret: `${nextSecret} with a space` });
    await hear('providers.create', { kind: 'openai', secret: nextSecret });
    await hear('providers.create', { kind: 'nonsense', label: 'L', secret: nextSecret });
    await hear('providers.update', { id: connectionId, baseUrl: 'http://127.0.0.1:9/v1' });
    await hear('workspaces.audit', { limit: 50 });
    await hear('workspaces.apiKeys', { limit: 50 });
  });

  it('are not told when a provider quotes them in its errors', async () => {
    const { actor } = tenant.owner;
    const { agents, jobs } = services();
    const seeded = await seedModel({ ...actor, connectionId });
    await agents.deployModel(actor, { modelId: seeded.modelId, agent: 'support' });
    expect((await chat('support', apiKey)).status).toBe(200);
    for (const each of ['models.list', 'files.create', 'jobs.create', 'jobs.list', 'chat'] as const) {
      fake.faults.always(each, { kind: 'echo_key' });
    }
    await hear('providers.check', { id: connectionId });
    expect((await chat('support', apiKey)).status).toBe(412);
    const input = { datasetVersionId: seeded.versionId, connectionId, baseModel: MODEL, cap: 1_000_000_000n };
    for (const stage of ['files.create', 'jobs.create'] as const) {
      const job = await jobs.submit(actor, { ...input, requestId: `secret-${stage}` });
      if (stage === 'jobs.create') {
        fake.faults.always('files.create', null);
        fake.faults.always('jobs.list', null);
      }
      await launchJob(jobs, job.id).catch((error: unknown) => heard.push(`${error} ${textOf(error)}`));
      for (const path of ['jobs.get', 'jobs.watch']) await hear(path, { id: job.id });
      await hear('jobs.events', { id: job.id, limit: 200 });
      const params = { params: { id: job.id } };
      for (const route of ['GET /api/fine-tuning/jobs/{id}', 'GET /api/fine-tuning/jobs/{id}/events']) {
        heard.push(textOf(await request(route, params, apiKey)));
      }
    }
    // Without the quote in it, this test would prove nothing.
    expect(heard.join('\n')).toContain('Incorrect API key provided');
  });

  it('are not told by any other door', async () => {
    const { workspaceId } = tenant;
    const { id: agentId } = await database().agent.findFirstOrThrow({ where: { workspaceId } });
    const conversation = await database().conversation.findFirstOrThrow({ where: { agentId, status: 'error' } });
    const model = await database().fineTunedModel.findFirstOrThrow({ where: { workspaceId } });
    const { id: modelId, jobId, datasetId, datasetVersionId: versionId } = model;
    const ids = { connectionId, agentId, conversationId: conversation.id, modelId, jobId, datasetId, versionId };
    const world = { ...ids, mark: 'x', runId: 'x', exampleId: agentId } as unknown as World;
    for (const [path, door] of Object.entries(procedureTable)) {
      if (door.viewer === 'may') for (const input of door.inputs(world, world)) await hear(path, input);
    }
    for (const [route, door] of Object.entries(routeTable)) {
      if (door.viewer !== 'may') continue;
      for (const each of door.calls(world, world)) heard.push(textOf(await request(route, each, apiKey)));
    }
    for (const key of [revokedKey, `${apiKey}x`]) {
      await chat('support', key);
      heard.push(textOf(await request('GET /api/fine-tuning/jobs', {}, key)));
    }
  });

  it('are in nothing that was said, logged or stored', async () => {
    expect(heard.length).toBeGreaterThan(50);
    expect(logged.length).toBeGreaterThan(5);
    const stored = await everything();
    const places = { said: heard.join('\n'), logged: logged.join('\n'), stored: Object.values(stored).join('\n') };
    for (const [place, text] of Object.entries(places)) {
      for (const each of [secret, nextSecret, apiKey, revokedKey]) {
        const at = text.indexOf(each);
        expect(at < 0 ? null : text.slice(Math.max(0, at - 200), at), place).toBeNull();
      }
    }
  });
});
