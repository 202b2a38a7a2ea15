import 'server-only';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { hashPassword, workspaceRepository } from '@/features/workspaces/server';
import { systemActor } from '@/lib/actor';
import { inTransaction } from '@/platform/db/database';
import { services } from './services';

export interface Sample {
  name: string;
  file: string;
}

/**
 * Makes an empty database a place to start in: one workspace, its owner, the built-in trainer's connection, curated
 * prices, sample datasets. Safe to repeat, also after a run that was cut off: what is there stays, what is missing comes.
 *
 * @param owner `password` is used when there is no such account yet; an account that is there keeps its own
 */
export async function firstRun(
  owner: { email: string; name: string; password: string },
  samples: readonly Sample[],
): Promise<void> {
  const { workspaces, providers, budgets } = services();
  const user = (await workspaceRepository.findUserByEmail(owner.email)) ?? (await createOwner(owner));
  const [existing] = await workspaces.workspacesOf(user.id);
  const workspace = existing ?? (await workspaces.create(user.id, { name: 'My workspace' }));
  await budgets.seedPrices();
  await providers.ensureBuiltin(workspace.id);
  await importSamples(workspace.id, samples);
}

async function createOwner({ email, name, password }: { email: string; name: string; password: string }) {
  const passwordHash = await hashPassword(password);
  return inTransaction((tx) => workspaceRepository.createUser(tx, { email, name, passwordHash }));
}

async function importSamples(workspaceId: string, samples: readonly Sample[]): Promise<void> {
  const actor = systemActor(workspaceId);
  const { datasets } = services();
  for (const { name, file } of samples) {
    const { items } = await datasets.list(actor, { search: name, sort: 'newest', limit: 50 });
    if (items.some((dataset) => dataset.name === name)) continue;
    await datasets.createFromLines(actor, {
      name,
      source: 'sample',
      sourceLabel: path.basename(file),
      lines: linesOf(file),
    });
  }
}

/** Opened when the first line is asked for: a readline interface that waits for its reader loses what it read before. */
async function* linesOf(file: string): AsyncGenerator<string> {
  yield* createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
}
