import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isProviderFailure } from '@/integrations/provider-failure';
import { database } from '@/platform/db/database';
import { makeProviderLab, newWorkspace, type ProviderLab, reasonOf, viewerOf } from '@/testing/providers/provider-lab';

const SECRET = 'sk-fake-never-to-be-seen-again-wxyz';

let lab: ProviderLab;
beforeAll(async () => {
  lab = await makeProviderLab(SECRET);
});
afterAll(() => lab.fake.close());

describe('a key', () => {
  it('never leaves: not by any answer, row of a list, log of changes or error', async () => {
    const actor = await newWorkspace();
    const made = await lab.create(actor);
    lab.fake.faults.always('models.list', { kind: 'echo_key' });
    const seen: unknown[] = [
      made,
      await lab.providers.check(actor, made.id),
      await lab.providers.list(actor),
      await lab.providers.get(actor, made.id),
      await lab.providers.update(actor, { id: made.id, label: 'Renamed' }),
      await lab.providers.listBaseModels(actor),
      await database().auditEntry.findMany({ where: { workspaceId: actor.workspaceId } }),
      await database().providerConnection.findMany({ where: { workspaceId: actor.workspaceId } }),
    ];
    const { training, inference, connection, caps } = await lab.providers.open(actor.workspaceId, made.id);
    seen.push(connection, caps, training, inference);
    const failure = await training.listBaseModels().catch((error: unknown) => error);
    lab.fake.faults.always('models.list', null);
    expect(isProviderFailure(failure)).toBe(true);
    seen.push(failure, String(failure), (failure as Error).stack, (failure as Error).cause);
    await lab.providers.noteFailure(actor.workspaceId, made.id, failure);
    seen.push(await lab.providers.get(actor, made.id));
    for (const each of seen) expect(JSON.stringify(each) ?? '').not.toContain('never-to-be-seen');
  });

  it('is sealed for its row and its address', async () => {
    const actor = await newWorkspace();
    const [one, other] = [await lab.create(actor), await lab.create(actor)];
    const { secret } = await database().providerConnection.findUniqueOrThrow({ where: { id: one.id } });
    await database().providerConnection.update({ where: { id: other.id }, data: { secret } });
    expect(await reasonOf(lab.providers.open(actor.workspaceId, other.id))).toBe('secrets.cannot_open');
    const elsewhere = { baseUrl: 'http://attacker.example/v1' };
    await database().providerConnection.update({ where: { id: one.id }, data: elsewhere });
    expect(await reasonOf(lab.providers.open(actor.workspaceId, one.id))).toBe('secrets.cannot_open');
  });

  it('does not follow an address that somebody changes without knowing it', async () => {
    const actor = await newWorkspace();
    const { id } = await lab.create(actor);
    const baseUrl = 'http://127.0.0.1:9/v1';
    expect(await reasonOf(lab.providers.update(actor, { id, baseUrl }))).toBe('providers.secret_needed');
    expect(await lab.providers.update(actor, { id, baseUrl: `${lab.fake.baseUrl}/` })).toMatchObject({
      baseUrl: lab.fake.baseUrl,
    });
    expect(await lab.providers.update(actor, { id, baseUrl, secret: 'sk-for-there-0123456789' })).toMatchObject({
      baseUrl,
    });
  });

  it('leaves a trace of who changed what', async () => {
    const actor = await newWorkspace();
    const { id } = await lab.create(actor);
    await lab.providers.update(actor, { id, secret: SECRET });
    await lab.providers.update(actor, { id, label: 'Our OpenAI' });
    await lab.providers.delete(actor, id);
    const rows = await database().auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } });
    expect(rows.map(({ action }) => action)).toEqual([
      'connection.created',
      'connection.updated',
      'connection.deleted',
    ]);
    expect(rows[1]?.details).toMatchObject({ changed: ['secret'] });
  });
});

describe('who may do what', () => {
  it('keeps another workspace out, in the same words as an id that does not exist', async () => {
    const [owner, stranger] = [await newWorkspace(), await newWorkspace()];
    const { id } = await lab.create(owner);
    for (const target of [id, randomUUID()]) {
      expect(await reasonOf(lab.providers.get(stranger, target))).toBe('providers.not_found');
      expect(await reasonOf(lab.providers.check(stranger, target))).toBe('providers.not_found');
      expect(await reasonOf(lab.providers.update(stranger, { id: target, label: 'x' }))).toBe('providers.not_found');
      expect(await reasonOf(lab.providers.delete(stranger, target))).toBe('providers.not_found');
      expect(await reasonOf(lab.providers.open(stranger.workspaceId, target))).toBe('providers.not_found');
      const model = lab.providers.baseModel(stranger.workspaceId, target, 'gpt-4.1-2025-04-14');
      expect(await reasonOf(model)).toBe('providers.base_model_unknown');
    }
    const { training } = await lab.providers.open(owner.workspaceId, id);
    lab.fake.faults.next('jobs.get', { kind: 'echo_key' });
    const refused = await training.getJob('ftjob-any').catch((error: unknown) => error);
    await lab.providers.noteFailure(stranger.workspaceId, id, refused);
    expect(await lab.providers.list(stranger)).toEqual([]);
    expect(await lab.providers.listBaseModels(stranger)).toEqual([]);
    expect(await lab.providers.get(owner, id)).toMatchObject({ label: 'Our OpenAI', health: 'healthy' });
  });

  it('lets a viewer look and nothing else', async () => {
    const owner = await newWorkspace();
    const { id } = await lab.create(owner);
    const viewer = viewerOf(owner);
    expect(await lab.providers.list(viewer)).toHaveLength(1);
    const refused = 'workspaces.role_too_low';
    expect(await reasonOf(lab.create(viewer))).toBe(refused);
    expect(await reasonOf(lab.providers.update(viewer, { id, label: 'x' }))).toBe(refused);
    expect(await reasonOf(lab.providers.delete(viewer, id))).toBe(refused);
    expect(await reasonOf(lab.providers.check(viewer, id))).toBe(refused);
  });

  it('does not delete what jobs, models or agents need', async () => {
    const owner = await newWorkspace();
    const { workspaceId } = owner;
    const { id } = await lab.create(owner);
    const agent = await database().agent.create({ data: { workspaceId, slug: 'helper', name: 'Helper' } });
    const release = { workspaceId, agentId: agent.id, number: 1, connectionId: id };
    await database().agentRelease.create({ data: { ...release, providerModelId: 'gpt-4o', modelLabel: 'gpt-4o' } });
    const error = await lab.providers.delete(owner, id).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ reason: 'providers.in_use', details: { releases: 1, jobs: 0, models: 0 } });
    expect(String(error)).toContain('1 agent release');
    await database().agent.update({ where: { id: agent.id }, data: { deletedAt: new Date() } });
    await lab.providers.delete(owner, id);
    expect(await lab.providers.list(owner)).toEqual([]);
  });
});
