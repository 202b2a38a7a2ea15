import { randomUUID } from 'node:crypto';
import { createProviderService, providerQueries, providerRepository } from '@/features/providers/server';
import type { ProviderDeps } from '@/features/providers/server/provider.service';
import { permissionsOf } from '@/features/workspaces/role.rules';
import { workspaceRepository } from '@/features/workspaces/server';
import { type Actor, makeActor, systemActor } from '@/lib/actor';
import { AppError } from '@/lib/app-error';
import { database, inTransaction } from '@/platform/db/database';
import { connectionUses } from '@/server/connection-uses';
import { inferenceProvider, trainingProviders } from '@/server/training-providers';
import { startFakeOpenAi } from './openai/fake-openai';

/** The providers slice as the server composes it, over a fake of OpenAI and a clock that the test sets. */
export async function makeProviderLab(apiKey: string) {
  const fake = await startFakeOpenAi({ apiKey });
  const time = { now: new Date('2026-11-24T12:00:00Z') };
  const deps: ProviderDeps = {
    ...{ repo: providerRepository, queries: providerQueries, inTransaction },
    ...{ audit: workspaceRepository.addAudit, usesOf: connectionUses },
    ...{ training: trainingProviders, inference: inferenceProvider },
    clock: { now: () => time.now },
    secretKey: () => Buffer.alloc(32, 7),
    builtin: () => ({ baseUrl: 'http://127.0.0.1:9/v1', apiKey: '' }),
  };
  const providers = createProviderService(deps);
  return {
    ...{ fake, time, deps, providers },
    create: (actor: Actor, secret = apiKey) =>
      providers.create(actor, { kind: 'openai', label: 'Our OpenAI', baseUrl: fake.baseUrl, secret }),
  };
}

export type ProviderLab = Awaited<ReturnType<typeof makeProviderLab>>;

export async function newWorkspace(): Promise<Actor> {
  const { id } = await database().workspace.create({ data: { name: 'W', slug: randomUUID() } });
  return systemActor(id);
}

export const viewerOf = ({ workspaceId }: Actor): Actor =>
  makeActor({ kind: 'user', id: null, label: 'V', workspaceId, role: 'viewer', allowed: permissionsOf('viewer') });

/** The reason of the AppError that the work ends in. @throws Error when it ends otherwise */
export async function reasonOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error.reason;
  throw new Error(`expected an AppError, got ${String(error)}`);
}
