import { setTimeout as sleep } from 'node:timers/promises';
import { usd } from '@/lib/money';
import { newId } from '@/lib/new-id';
import { database } from '@/platform/db/database';
import { services } from '@/server/services';
import type { FakeOpenAi } from '../providers/openai/fake-openai';
import { MODEL } from './agent-lab';
import { seedModel } from './seed-model';
import { makeTenant, type Tenant } from './tenant';

/** The same in every world, so that only the workspace can tell them apart. */
export const SLUG = 'support';

/** A workspace with one row of everything a door can name. */
export interface World {
  tenant: Tenant;
  connectionId: string;
  datasetId: string;
  versionId: string;
  exampleId: string;
  fileKey: string;
  jobId: string;
  modelId: string;
  agentId: string;
  releaseId: string;
  conversationId: string;
  budgetId: string;
  memberId: string;
  apiKeyId: string;
  runId: string;
  /** Only here: whoever reads it elsewhere has seen what is not theirs. */
  mark: string;
}

export async function makeWorld(fake: FakeOpenAi): Promise<World> {
  const mark = `mark-${newId()}`;
  const tenant = await makeTenant(mark);
  const { workspaceId } = tenant;
  const { actor } = tenant.owner;
  const { providers, agents, budgets, workspaces, datasets, storage } = services();
  const connection = { kind: 'openai', label: mark, baseUrl: fake.baseUrl, secret: fake.apiKey } as const;
  const { id: connectionId } = await providers.create(actor, connection);
  const seeded = await seedModel({ workspaceId, connectionId, family: mark });
  const { datasetId, versionId, jobId, modelId } = seeded;
  await database().dataset.update({ where: { id: datasetId }, data: { name: mark } });
  await database().fineTuningJob.update({ where: { id: jobId }, data: { name: mark } });
  const problem = { severity: 'warning', line: 1, message: mark };
  await database().datasetIssue.create({ data: { versionId, code: 'duplicate', ...problem } });
  const example = await database().trainingExample.findFirstOrThrow({ where: { datasetId } });
  const { agentId } = await agents.deployModel(actor, { modelId, agent: SLUG, note: mark });
  const release = await database().agentRelease.findFirstOrThrow({ where: { agentId } });
  const input = { model: SLUG, messages: [{ role: 'user' as const, content: mark }] };
  const answer = await agents.chat(actor, { input, source: 'api', signal: AbortSignal.timeout(10_000) });
  for await (const _ of answer.pieces);
  const { conversationId } = answer;
  await agents.rate(actor, { conversationId, rating: 1, comment: mark });
  const cap = { name: mark, scope: 'workspace', scopeId: null, period: 'month', limit: usd(9), onBreach: 'warn' };
  const budget = await budgets.create(actor, cap as Parameters<typeof budgets.create>[1]);
  const price = { provider: 'openai', model: MODEL, source: mark, nanoUsdPerUnit: 1n, note: null };
  await budgets.setPrice(actor, { ...price, unit: 'input_token' });
  const key = await workspaces.createApiKey(actor, { name: mark, role: 'viewer' });
  const member = await database().membership.findFirstOrThrow({ where: { workspaceId, role: 'viewer' } });
  const { key: fileKey } = await storage.write({ name: 'data.jsonl', body: twoLines(mark) });
  const format = { kind: 'chat', container: { type: 'lines' }, mapping: null };
  await database().datasetVersion.update({
    where: { id: versionId },
    data: { fileKey, fileName: 'data.jsonl', format },
  });
  // Ids are ordered by time, and two worlds of one millisecond would make lists look alike.
  await sleep(2);
  await datasets.get(actor, datasetId);
  return {
    ...{ tenant, connectionId, datasetId, versionId, exampleId: example.id, fileKey, jobId, modelId, agentId, mark },
    ...{ releaseId: release.id, conversationId, budgetId: budget.id, memberId: member.id, apiKeyId: key.id },
    runId: await seedRun(workspaceId, mark),
  };
}

/** A run of the embedded executor, as if one of the workspace's events had started it. */
async function seedRun(workspaceId: string, mark: string): Promise<string> {
  const id = newId();
  const event = JSON.stringify({ id, name: 'job/submitted', data: { workspaceId, mark } });
  await database().$executeRaw`
    INSERT INTO durable.runs (id, fn_id, status, event, event_name, output)
    VALUES (${id}, 'tuneloop-run-job', 'completed', ${event}::json, 'job/submitted', ${JSON.stringify({ mark })}::json)`;
  return id;
}

/** The second one is no example. */
async function* twoLines(mark: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}\n');
  yield Buffer.from(`${mark}\n`);
}

/** Every id and the mark of a world: none of these may ever stand in an answer to somebody else. */
export const namesOf = ({ tenant, ...ids }: World): string[] => [tenant.workspaceId, ...Object.values(ids)];
