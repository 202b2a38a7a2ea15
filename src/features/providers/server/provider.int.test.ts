import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { makeProviderLab, newWorkspace, type ProviderLab, reasonOf } from '@/testing/providers/provider-lab';
import { createProviderService } from './provider.service';

const SECRET = 'sk-fake-never-to-be-seen-again-wxyz';

let lab: ProviderLab;
beforeAll(async () => {
  lab = await makeProviderLab(SECRET);
});
afterAll(() => lab.fake.close());

describe('a connection', () => {
  it('is checked when it is made, and offers what can be tuned', async () => {
    const actor = await newWorkspace();
    const made = await lab.create(actor);
    expect(made).toMatchObject({
      health: 'healthy',
      secretHint: '…wxyz',
      hasSecret: true,
      free: false,
      baseModelCount: 4,
    });
    const models = await lab.providers.listBaseModels(actor);
    expect(models.map(({ available }) => available)).toEqual([true, true, true, true]);
    const model = await lab.providers.baseModel(actor.workspaceId, made.id, 'gpt-4o-mini-2024-07-18');
    expect(model).toMatchObject({ maxExampleTokens: 65_536, jobsUntil: '2027-01-05', retiresOn: '2027-01-14' });
    expect(await reasonOf(lab.providers.baseModel(actor.workspaceId, made.id, 'gpt-7'))).toBe(
      'providers.base_model_unknown',
    );
  });

  it('with a wrong key is kept and says so; a new key heals it', async () => {
    const actor = await newWorkspace();
    const made = await lab.create(actor, 'sk-wrong-key-0123456789');
    expect(made.health).toBe('down');
    expect(made.healthMessage).toContain('key was not accepted');
    expect(await lab.providers.update(actor, { id: made.id, secret: SECRET })).toMatchObject({ health: 'healthy' });
  });

  it('of a closed organisation shows as closed, and only asking again opens it', async () => {
    const actor = await newWorkspace();
    lab.fake.state.closed = true;
    const made = await lab.create(actor);
    expect(made).toMatchObject({
      health: 'closed',
      healthMessage: expect.stringContaining('closed to your organisation'),
    });
    expect((await lab.providers.listBaseModels(actor)).every(({ available }) => !available)).toBe(true);
    lab.fake.state.closed = false;
    lab.time.now = new Date(lab.time.now.getTime() + 600_000);
    await lab.providers.checkDue();
    expect(await lab.providers.get(actor, made.id)).toMatchObject({ health: 'closed' });
    expect(await lab.providers.check(actor, made.id)).toMatchObject({ health: 'healthy' });
  });

  it('is checked every five minutes, and one that fails does not stop the others', async () => {
    const actor = await newWorkspace();
    const [good, bad] = [await lab.create(actor), await lab.create(actor)];
    await database().providerConnection.update({ where: { id: bad.id }, data: { secret: 'bm90IHNlYWxlZA==' } });
    expect(await lab.providers.checkDue()).toEqual({ checked: 0 });
    lab.time.now = new Date(lab.time.now.getTime() + 5 * 60_000);
    expect((await lab.providers.checkDue()).checked).toBeGreaterThanOrEqual(2);
    expect(await lab.providers.get(actor, good.id)).toMatchObject({ health: 'healthy', lastCheckedAt: lab.time.now });
    expect(await lab.providers.get(actor, bad.id)).toMatchObject({
      health: 'down',
      healthMessage: expect.stringContaining('TUNELOOP_SECRET'),
      baseModelCount: 4,
    });
  });

  it('gets worse by what calls reveal, never better', async () => {
    const actor = await newWorkspace();
    const { id } = await lab.create(actor);
    const { training } = await lab.providers.open(actor.workspaceId, id);
    const fail = async (call: 'models.list' | 'jobs.list', fault: Parameters<typeof lab.fake.faults.next>[1]) => {
      lab.fake.faults.next(call, fault);
      const work = call === 'models.list' ? training.listBaseModels() : training.listJobs(null);
      await lab.providers.noteFailure(actor.workspaceId, id, await work.catch((error: unknown) => error));
      return (await lab.providers.get(actor, id)).health;
    };
    expect(await fail('jobs.list', { kind: 'rate_limit', retryAfterSeconds: 1 })).toBe('healthy');
    expect(await fail('jobs.list', { kind: 'status', status: 500, when: 'before' })).toBe('degraded');
    expect(await fail('models.list', { kind: 'echo_key' })).toBe('down');
    expect(await fail('jobs.list', { kind: 'drop', when: 'before' })).toBe('down');
    await lab.providers.noteFailure(actor.workspaceId, id, new Error('something else'));
  });
});

describe('the built-in trainer', () => {
  it('is one connection, however many ask for it at once', async () => {
    const actor = await newWorkspace();
    const all = await Promise.all(Array.from({ length: 40 }, () => lab.providers.ensureBuiltin(actor.workspaceId)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(await database().providerConnection.count({ where: { workspaceId: actor.workspaceId } })).toBe(1);
    expect(await database().auditEntry.count({ where: { workspaceId: actor.workspaceId } })).toBe(1);
  });

  it('can be chosen before it was reached once, and costs nothing', async () => {
    const actor = await newWorkspace();
    const { id } = await lab.providers.ensureBuiltin(actor.workspaceId);
    const [model] = await lab.providers.listBaseModels(actor);
    expect(model).toMatchObject({ id: 'tiny-chat-1', available: true, free: true, connectionId: id });
    expect(await reasonOf(lab.providers.update(actor, { id, secret: 'x' }))).toBe('providers.builtin_is_fixed');
    expect(await lab.providers.update(actor, { id, label: 'At home' })).toMatchObject({ label: 'At home' });
  });

  it('says what is missing where an installation has none', async () => {
    const actor = await newWorkspace();
    const without = createProviderService({ ...lab.deps, builtin: () => null });
    const { id } = await without.ensureBuiltin(actor.workspaceId);
    expect(await reasonOf(without.open(actor.workspaceId, id))).toBe('providers.trainer_missing');
    const [model] = await without.listBaseModels(actor);
    expect(model).toMatchObject({ available: false, unavailableReason: expect.stringContaining('TRAINER_URL') });
    expect(await without.check(actor, id)).toMatchObject({ health: 'down' });
  });
});

describe('the lease of a connection', () => {
  it('has one winner among 100 that ask at once, and ends by itself', async () => {
    const { id } = await lab.providers.ensureBuiltin((await newWorkspace()).workspaceId);
    const ask = (owner: string, ms: number) => lab.providers.lease(id, owner, ms);
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
    expect(await lab.providers.lease(randomUUID(), 'x', 1)).toBe(false);
  });
});
