import { Inngest } from 'inngest';
import { serve } from 'inngest/edge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '@/engine/engine';
import { env } from '@/env';
import type { Actor } from '@/lib/actor';
import { closeDatabase } from '@/platform/db/database';
import { stopListening } from '@/platform/live/listener';
import { processState } from '@/platform/process/process-state';
import { procedureTable } from '@/testing/doors/door-table';
import { type Answer, call, everything, request, textOf } from '@/testing/doors/knock';
import { restRequest, routeTable } from '@/testing/doors/route-table';
import { makeTenant } from '@/testing/doors/tenant';
import { makeWorld, namesOf, type World } from '@/testing/doors/world';
import { type FakeOpenAi, startFakeOpenAi } from '@/testing/providers/openai/fake-openai';
import { appRouter } from './app-router';
import { restHandler } from './rest-handler';
import { restRoutes } from './rest-routes';

// Invariant: a member of one workspace cannot see, guess, count or touch anything of another, on any door.

let fake: FakeOpenAi;
let engine: Engine;
let mine: World;
let theirs: World;
/** A world in which nothing exists: what is said about it must be what is said about theirs. */
let nobodys: World;
let keys: { owner: string; viewer: string };

const procedures = Object.keys(appRouter()._def.procedures);
const routes = restRoutes().map(({ method, path }) => `${method} ${path}`);

beforeAll(async () => {
  fake = await startFakeOpenAi();
  // Runs nothing: what happens in the background would blur what a request changed.
  const handler = serve({ client: new Inngest({ id: 'idle', isDev: true, fetch }), functions: [] });
  engine = createEngine({ connectionString: env.DATABASE_URL, handler });
  await engine.start();
  processState<{ engine?: Engine }>().engine = engine;
  [mine, theirs] = [await makeWorld(fake), await makeWorld(fake)];
  const unknown = Object.entries(mine).map(([name, value]) =>
    typeof value === 'string' ? [name, value.replace(/[0-9a-f]{4}$/, 'ffff')] : [name, value],
  );
  nobodys = { ...mine, ...Object.fromEntries(unknown) };
  keys = { owner: await mine.tenant.key('owner'), viewer: await mine.tenant.key('viewer') };
  await restHandler()(restRequest(routes.find((route) => route.startsWith('GET')) ?? '', {}, keys.owner));
});
afterAll(async () => {
  await engine.stop(500);
  await stopListening();
  await fake.close();
  await closeDatabase();
});

function expectNothingOf(world: World, answer: Answer): void {
  const text = textOf(answer);
  for (const name of namesOf(world)) expect(text).not.toContain(name);
}

const heard = { trpc: new Map<string, Set<string>>(), rest: new Map<string, Set<string>>() };
function note(door: keyof typeof heard, answer: Answer): void {
  if (answer.ok || !answer.reason) return;
  heard[door].set(answer.reason, (heard[door].get(answer.reason) ?? new Set()).add(answer.message));
}

describe('the table of doors', () => {
  it('knows every procedure and every route, and none that is gone', () => {
    const missing = [...procedures.filter((path) => !procedureTable[path]), ...routes.filter((r) => !routeTable[r])];
    expect(missing, 'add it to the table (src/testing/doors)').toEqual([]);
    expect(Object.keys(procedureTable).sort()).toEqual([...procedures].sort());
    expect(Object.keys(routeTable).sort()).toEqual([...routes].sort());
  });

  it('keeps a viewer from everything that changes something', () => {
    const known = appRouter()._def.procedures as unknown as Record<string, { _def: { type: string } }>;
    const mutations = procedures.filter((path) => known[path]?._def.type === 'mutation');
    const open = mutations.filter((path) => procedureTable[path]?.viewer !== 'may not');
    expect(open).toEqual(['workspaces.create', 'workspaces.changePassword']);
  });
});

describe.each(procedures)('procedure %s', (path) => {
  const door = procedureTable[path];

  it('answers nobody who is not signed in', async () => {
    for (const input of door?.inputs(mine, mine) ?? []) {
      const answer = await call(path, input, null);
      note('trpc', answer);
      expect(answer).toMatchObject({ ok: false, status: 401, reason: 'auth.signed_out' });
    }
  });

  it('says and changes nothing for another workspace', async () => {
    if (door?.viewer === 'own account') return;
    const inputs = door?.inputs(theirs, mine) ?? [];
    const unknowns = door?.inputs(nobodys, mine) ?? [];
    const before = door?.foreign === 'not found' ? await everything() : null;
    for (const [place, input] of inputs.entries()) {
      const answer = await call(path, input, mine.tenant.owner);
      note('trpc', answer);
      expectNothingOf(theirs, answer);
      if (door?.foreign !== 'not found') continue;
      expect(answer, textOf(input)).toMatchObject({ ok: false, status: 404 });
      // What exists elsewhere and what exists nowhere are told in one breath.
      expect(await call(path, unknowns[place], mine.tenant.owner)).toEqual(answer);
    }
    if (before) expect(await everything()).toEqual(before);
  });

  it('lets a viewer do what the table says', async () => {
    for (const input of door?.inputs(mine, mine) ?? []) {
      if (door?.viewer === 'own account') continue;
      const answer = await call(path, input, mine.tenant.viewer);
      note('trpc', answer);
      const expected =
        door?.viewer === 'may' ? { ok: true } : { ok: false, status: 403, reason: 'workspaces.role_too_low' };
      expect(answer, textOf(input)).toMatchObject(expected);
    }
  });
});

describe.each(routes)('route %s', (address) => {
  const door = routeTable[address];

  it('answers nobody without a key, or with a wrong one', async () => {
    for (const key of [undefined, 'tl_wrong', `tl_${'x'.repeat(43)}`]) {
      const answer = await request(address, door?.calls(mine, mine)[0] ?? {}, key);
      note('rest', answer);
      expect(answer).toMatchObject({ ok: false, status: 401, reason: 'auth.no_valid_key' });
    }
  });

  it('says and changes nothing for another workspace', async () => {
    const unknowns = door?.calls(nobodys, mine) ?? [];
    const before = door?.foreign === 'not found' ? await everything() : null;
    for (const [place, each] of (door?.calls(theirs, mine) ?? []).entries()) {
      const answer = await request(address, each, keys.owner);
      note('rest', answer);
      expectNothingOf(theirs, answer);
      if (door?.foreign !== 'not found') continue;
      expect(answer, textOf(each)).toMatchObject({ ok: false, status: 404 });
      expect(await request(address, unknowns[place] ?? {}, keys.owner)).toEqual(answer);
    }
    if (before) expect(await everything()).toEqual(before);
  });

  it('lets a viewer do what the table says', async () => {
    for (const each of door?.calls(mine, mine) ?? []) {
      const answer = await request(address, each, keys.viewer);
      note('rest', answer);
      const expected =
        door?.viewer === 'may' ? { ok: true } : { ok: false, status: 403, reason: 'workspaces.role_too_low' };
      expect(answer, textOf(each)).toMatchObject(expected);
    }
  });
});

describe('what the doors say', () => {
  it('is one sentence for one reason, whichever door says it', () => {
    const shared = [...heard.trpc.keys()].filter((reason) => heard.rest.has(reason));
    expect(shared).toEqual(expect.arrayContaining(['datasets.not_found', 'jobs.not_found', 'models.not_found']));
    for (const reason of shared) {
      // A permission's name stands in the sentence: one for each permission, and REST has fewer of them.
      expect([...(heard.trpc.get(reason) ?? [])]).toEqual(expect.arrayContaining([...(heard.rest.get(reason) ?? [])]));
    }
  });

  it('is no help to a person who belongs to no workspace', async () => {
    const { owner } = await makeTenant();
    const homeless = { user: owner.user, actor: null as unknown as Actor };
    for (const path of procedures.filter((each) => procedureTable[each]?.viewer !== 'own account')) {
      const answer = await call(path, procedureTable[path]?.inputs(mine, mine)[0], homeless);
      expect(answer, path).toMatchObject({ ok: false, status: 401 });
    }
  });
});
