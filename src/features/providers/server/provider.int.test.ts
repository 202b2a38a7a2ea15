import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isProviderFailure } from '@/integrations/provider-failure';
import { type Actor, makeActor, systemActor } from '@/lib/actor';
import { AppError } from '@/lib/app-error';
import { systemClock } from '@/lib/clock';
import { deriveKey } from '@/platform/crypto/secret-box';
import { database, inTransaction } from '@/platform/db/database';
import { connectionUses } from '@/server/connection-uses';
import { inferenceProvider, trainingProviders } from '@/server/training-providers';
import type { FakeOpenAi } from '@/testing/providers/openai/fake-openai';
import { startFakeOpenAi } from '@/testing/providers/openai/fake-openai';
import { permissionsOf } from '../../workspaces/role.rules';
import { workspaceRepository } from '../../workspaces/server';
import { providerQueries } from './provider.queries';
import { providerRepository } from './provider.repository';
import { createProviderService, type ProviderDeps } from './provider.service';

const SECRET = 'sk-fake-never-to-be-seen-again-wxyz';

let fake: FakeOpenAi;
let now = new Date('2026-11-24T12:00:00Z');
const deps: ProviderDeps = {
  repo: providerRepository,
  queries: providerQueries,
  inTransaction,
  clock: { now: () => now },
  audit: workspaceRepository.addAudit,
  training: trainingProviders,
  inference: inferenceProvider,
  secretKey: () => deriveKey('ab'.repeat(32), 'provider-secrets'),
  builtin: () => ({ baseUrl: 'http://127.0.0.1:9/v1', apiKey: '' }),
  usesOf: connectionUses,
};
const providers = createProviderService(deps);

beforeAll(async () => {
  fake = await startFakeOpenAi({ apiKey: SECRET });
});
afterAll(() => fake.close());

async function workspace(): Promise<Actor> {
  const { id } = await database().workspace.create({ data: { name: 'W', slug: randomUUID() } });
  return systemActor(id);
}

const viewerOf = ({ workspaceId }: Actor): Actor =>
  makeActor({ kind: 'user', id: null, label: 'V', workspaceId, role: 'viewer', allowed: permissionsOf('viewer') });

const create = (actor: Actor, secret = SECRET) =>
  providers.create(actor, { kind: 'openai', label: 'Our OpenAI', baseUrl: fake.baseUrl, secret });

async function reasonOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error.reason;
  throw new Error(`expected an AppError, got ${String(error)}`);
}

describe('a connection', () => {
  it('is checked when it is made, and offers what can be tuned', async () => {
    const actor = await workspace();
    const made = await create(actor);
    expect(made).toMatchObject({
      health: 'healthy',
      secretHint: '…wxyz',
      hasSecret: true,
      free: false,
      baseModelCount: 4,
    });
    const models = await providers.listBaseModels(actor);
    expect(models.map(({ available }) => available)).toEqual([true, true, true, true]);
    const model = await providers.baseModel(actor.workspaceId, made.id, 'gpt-4o-mini-2024-07-18');
    expect(model).toMatchObject({ maxExampleTokens: 65_536, jobsUntil: '2027-01-05', retiresOn: '2027-01-14' });
    expect(await reasonOf(providers.baseModel(actor.workspaceId, made.id, 'gpt-7'))).toBe(
      'providers.base_model_unknown',
    );
  });

  it('with a wrong key is kept and says so; a new key heals it', async () => {
    const actor = await workspace();
    const made = await create(actor, 'sk-wrong-key-0123456789');
    expect(made.health).toBe('down');
    expect(made.healthMessage).toContain('key was not accepted');
    expect(await providers.update(actor, { id: made.id, secret: SECRET })).toMatchObject({ health: 'healthy' });
  });

  it('of a closed organisation shows as closed, and only asking again opens it', async () => {
    const actor = await workspace();
    fake.state.closed = true;
    const made = await create(actor);
    expect(made).toMatchObject({
      health: 'closed',
      healthMessage: expect.stringContaining('closed to your organisation'),
    });
    expect((await providers.listBaseModels(actor)).every(({ available }) => !available)).toBe(true);
    fake.state.closed = false;
    now = new Date(now.getTime() + 600_000);
    await providers.checkDue();
    expect(await providers.get(actor, made.id)).toMatchObject({ health: 'closed' });
    expect(await providers.check(actor, made.id)).toMatchObject({ health: 'healthy' });
  });

  it('is checked every five minutes, and one that fails does not stop the others', async () => {
    const actor = await workspace();
    const [good, bad] = [await create(actor), await create(actor)];
    await database().providerConnection.update({ where: { id: bad.id }, data: { secret: 'bm90IHNlYWxlZA==' } });
    expect(await providers.checkDue()).toEqual({ checked: 0 });
    now = new Date(now.getTime() + 5 * 60_000);
    expect((await providers.checkDue()).checked).toBeGreaterThanOrEqual(2);
    expect(await providers.get(actor, good.id)).toMatchObject({ health: 'healthy', lastCheckedAt: now });
    expect(await providers.get(actor, bad.id)).toMatchObject({
      health: 'down',
      healthMessage: expect.stringContaining('TUNELOOP_SECRET'),
      baseModelCount: 4,
    });
  });

  it('gets worse by what calls reveal, never better', async () => {
    const actor = await workspace();
    const { id } = await create(actor);
    const { training } = await providers.open(actor.workspaceId, id);
    const fail = async (call: 'models.list' | 'jobs.list', fault: Parameters<typeof fake.faults.next>[1]) => {
      fake.faults.next(call, fault);
      const work = call === 'models.list' ? training.listBaseModels() : training.listJobs(null);
      await providers.noteFailure(actor.workspaceId, id, await work.catch((error: unknown) => error));
      return (await providers.get(actor, id)).health;
    };
    expect(await fail('jobs.list', { kind: 'rate_limit', retryAfterSeconds: 1 })).toBe('healthy');
    expect(await fail('jobs.list', { kind: 'status', status: 500, when: 'before' })).toBe('degraded');
    expect(await fail('models.list', { kind: 'echo_key' })).toBe('down');
    expect(await fail('jobs.list', { kind: 'drop', when: 'before' })).toBe('down');
    await providers.noteFailure(actor.workspaceId, id, new Error('something else'));
  });
});

describe('a key', () => {
  it('never leaves: not by any answer, row of a list, log of changes or error', async () => {
    const actor = await workspace();
    const made = await create(actor);
    fake.faults.always('models.list', { kind: 'echo_key' });
    const seen: unknown[] = [
      made,
      await providers.check(actor, made.id),
      await providers.list(actor),
      await providers.get(actor, made.id),
      await providers.update(actor, { id: made.id, label: 'Renamed' }),
      await providers.listBaseModels(actor),
      await database().auditEntry.findMany({ where: { workspaceId: actor.workspaceId } }),
      await database().providerConnection.findMany({ where: { workspaceId: actor.workspaceId } }),
    ];
    const { training, inference, connection, caps } = await providers.open(actor.workspaceId, made.id);
    seen.push(connection, caps, training, inference);
    const failure = await training.listBaseModels().catch((error: unknown) => error);
    fake.faults.always('models.list', null);
    expect(isProviderFailure(failure)).toBe(true);
    seen.push(failure, String(failure), (failure as Error).stack, (failure as Error).cause);
    await providers.noteFailure(actor.workspaceId, made.id, failure);
    seen.push(await providers.get(actor, made.id));
    for (const each of seen) expect(JSON.stringify(each) ?? '').not.toContain('never-to-be-seen');
  });

  it('is sealed for its row and its address', async () => {
    const actor = await workspace();
    const [one, other] = [await create(actor), await create(actor)];
    const { secret } = await database().providerConnection.findUniqueOrThrow({ where: { id: one.id } });
    await database().providerConnection.update({ where: { id: other.id }, data: { secret } });
    expect(await reasonOf(providers.open(actor.workspaceId, other.id))).toBe('secrets.cannot_open');
    const elsewhere = { baseUrl: 'http://attacker.example/v1' };
    await database().providerConnection.update({ where: { id: one.id }, data: elsewhere });
    expect(await reasonOf(providers.open(actor.workspaceId, one.id))).toBe('secrets.cannot_open');
  });

  it('does not follow an address that somebody changes without knowing it', async () => {
    const actor = await workspace();
    const { id } = await create(actor);
    const baseUrl = 'http://127.0.0.1:9/v1';
    expect(await reasonOf(providers.update(actor, { id, baseUrl }))).toBe('providers.secret_needed');
    expect(await providers.update(actor, { id, baseUrl: `${fake.baseUrl}/` })).toMatchObject({ baseUrl: fake.baseUrl });
    expect(await providers.update(actor, { id, baseUrl, secret: 'sk-for-there-0123456789' })).toMatchObject({
      baseUrl,
    });
  });

  it('leaves a trace of who changed what', async () => {
    const actor = await workspace();
    const { id } = await create(actor);
    await providers.update(actor, { id, secret: SECRET });
    await providers.update(actor, { id, label: 'Our OpenAI' });
    await providers.delete(actor, id);
    const rows = await database().auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } });
    expect(rows.map(({ action }) => action)).toEqual([
      'connection.created',
      'connection.updated',
      'connection.deleted',
    ]);
    expect(rows[1]?.details).toMatchObject({ changed: ['secret'] });
  });
});

describe('the built-in trainer', () => {
  it('is one connection, however many ask for it at once', async () => {
    const actor = await workspace();
    const all = await Promise.all(Array.from({ length: 40 }, () => providers.ensureBuiltin(actor.workspaceId)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(await database().providerConnection.count({ where: { workspaceId: actor.workspaceId } })).toBe(1);
    expect(await database().auditEntry.count({ where: { workspaceId: actor.workspaceId } })).toBe(1);
  });

  it('can be chosen before it was reached once, and costs nothing', async () => {
    const actor = await workspace();
    const { id } = await providers.ensureBuiltin(actor.workspaceId);
    const [model] = await providers.listBaseModels(actor);
    expect(model).toMatchObject({ id: 'tiny-chat-1', available: true, free: true, connectionId: id });
    expect(await reasonOf(providers.update(actor, { id, secret: 'x' }))).toBe('providers.builtin_is_fixed');
    expect(await providers.update(actor, { id, label: 'At home' })).toMatchObject({ label: 'At home' });
  });

  it('says what is missing where an installation has none', async () => {
    const actor = await workspace();
    const without = createProviderService({ ...deps, builtin: () => null });
    const { id } = await without.ensureBuiltin(actor.workspaceId);
    expect(await reasonOf(without.open(actor.workspaceId, id))).toBe('providers.trainer_missing');
    const [model] = await without.listBaseModels(actor);
    expect(model).toMatchObject({ available: false, unavailableReason: expect.stringContaining('TRAINER_URL') });
    expect(await without.check(actor, id)).toMatchObject({ health: 'down' });
  });
});

describe('the lease of a connection', () => {
  it('has one winner among 100 that ask at once, and ends by itself', async () => {
    const { id } = await providers.ensureBuiltin((await workspace()).workspaceId);
    const ask = (owner: string, ms: number) => providers.lease(id, owner, ms);
    for (let round = 0; round < 3; round++) {
      await database().providerConnection.update({ where: { id }, data: { leaseUntil: null, leaseOwner: null } });
      const got = await Promise.all(Array.from({ length: 100 }, (_, index) => ask(`process-${index}`, 30_000)));
      expect(got.filter(Boolean)).toHaveLength(1);
      const winner = `process-${got.indexOf(true)}`;
      expect(await ask('another', 30_000)).toBe(false);
      expect(await ask(winner, 1)).toBe(true);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await ask('another', 30_000)).toBe(true);
    expect(await ask(randomUUID(), 1)).toBe(false);
    expect(await providers.lease(randomUUID(), 'x', 1)).toBe(false);
  });
});

describe('who may do what', () => {
  it('keeps another workspace out, in the same words as an id that does not exist', async () => {
    const [owner, stranger] = [await workspace(), await workspace()];
    const { id } = await create(owner);
    for (const target of [id, randomUUID()]) {
      expect(await reasonOf(providers.get(stranger, target))).toBe('providers.not_found');
      expect(await reasonOf(providers.check(stranger, target))).toBe('providers.not_found');
      expect(await reasonOf(providers.update(stranger, { id: target, label: 'x' }))).toBe('providers.not_found');
      expect(await reasonOf(providers.delete(stranger, target))).toBe('providers.not_found');
      expect(await reasonOf(providers.open(stranger.workspaceId, target))).toBe('providers.not_found');
      const model = providers.baseModel(stranger.workspaceId, target, 'gpt-4.1-2025-04-14');
      expect(await reasonOf(model)).toBe('providers.base_model_unknown');
    }
    await providers.noteFailure(
      stranger.workspaceId,
      id,
      await providers
        .open(owner.workspaceId, id)
        .then(({ training }) => training.getJob('none').catch((error: unknown) => error)),
    );
    expect(await providers.list(stranger)).toEqual([]);
    expect(await providers.listBaseModels(stranger)).toEqual([]);
    expect(await providers.get(owner, id)).toMatchObject({ label: 'Our OpenAI', health: 'healthy' });
  });

  it('lets a viewer look and nothing else', async () => {
    const owner = await workspace();
    const { id } = await create(owner);
    const viewer = viewerOf(owner);
    expect(await providers.list(viewer)).toHaveLength(1);
    const refused = 'workspaces.role_too_low';
    expect(await reasonOf(create(viewer))).toBe(refused);
    expect(await reasonOf(providers.update(viewer, { id, label: 'x' }))).toBe(refused);
    expect(await reasonOf(providers.delete(viewer, id))).toBe(refused);
    expect(await reasonOf(providers.check(viewer, id))).toBe(refused);
  });

  it('does not delete what jobs, models or agents need', async () => {
    const owner = await workspace();
    const { workspaceId } = owner;
    const { id } = await create(owner);
    const agent = await database().agent.create({ data: { workspaceId, slug: 'helper', name: 'Helper' } });
    const release = { workspaceId, agentId: agent.id, number: 1, connectionId: id };
    await database().agentRelease.create({ data: { ...release, providerModelId: 'gpt-4o', modelLabel: 'gpt-4o' } });
    const error = await providers.delete(owner, id).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ reason: 'providers.in_use', details: { releases: 1, jobs: 0, models: 0 } });
    expect(String(error)).toContain('1 agent release');
    await database().agent.update({ where: { id: agent.id }, data: { deletedAt: systemClock.now() } });
    await providers.delete(owner, id);
    expect(await providers.list(owner)).toEqual([]);
  });
});
