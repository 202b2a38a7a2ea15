import 'server-only';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { hashPassword, makePassword, workspaceRepository } from '@/features/workspaces/server';
import { systemActor } from '@/lib/actor';
import { inTransaction } from '@/platform/db/database';
import { services } from './services';

export interface Sample {
  name: string;
  file: string;
}

export interface FirstRun {
  /** Null when the owner's account was there already: its password is not known and not changed. */
  password: string | null;
  workspaceId: string;
}

/**
 * Makes an empty database a place to start in: one workspace, its owner, the built-in trainer's connection, curated
 * prices, sample datasets. Safe to repeat: what is there stays.
 */
export async function firstRun(owner: { email: string; name: string }, samples: readonly Sample[]): Promise<FirstRun> {
  const { workspaces, providers, budgets } = services();
  const known = await workspaceRepository.findUserByEmail(owner.email);
  const password = known ? null : makePassword();
  const passwordHash = password && (await hashPassword(password));
  const user = known ?? (await inTransaction((tx) => workspaceRepository.createUser(tx, { ...owner, passwordHash })));
  const [existing] = await workspaces.workspacesOf(user.id);
  const workspace = existing ?? (await workspaces.create(user.id, { name: 'My workspace' }));
  await budgets.seedPrices();
  await providers.ensureBuiltin(workspace.id);
  if (!existing) await importSamples(workspace.id, samples);
  return { password, workspaceId: workspace.id };
}

async function importSamples(workspaceId: string, samples: readonly Sample[]): Promise<void> {
  const actor = systemActor(workspaceId);
  for (const { name, file } of samples) {
    const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
    await services().datasets.createFromLines(actor, {
      name,
      source: 'sample',
      sourceLabel: file.split('/').at(-1) ?? name,
      lines,
    });
  }
}
