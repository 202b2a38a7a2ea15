import type { Actor } from '@/lib/actor';
import { newId } from '@/lib/new-id';
import { wrongPassword } from '../../workspace.errors';
import type { PasswordChangeInput, WorkspaceRenameInput, WorkspaceSummary } from '../../workspace.schema';
import { hashPassword, verifyPassword } from '../password';
import type { TryLimit } from '../try-limit';
import type { WorkspaceDeps } from '../workspace.service';

/** A new workspace with the person as its owner. */
export const createWorkspace =
  ({ repo, inTransaction }: Pick<WorkspaceDeps, 'repo' | 'inTransaction'>) =>
  async (userId: string, input: WorkspaceRenameInput): Promise<WorkspaceSummary> =>
    inTransaction(async (tx) => {
      const workspace = await repo.createWorkspace(tx, { name: input.name, slug: slugOf(input.name) });
      await repo.addMember(tx, { workspaceId: workspace.id, userId, role: 'owner' });
      return { id: workspace.id, name: workspace.name, slug: workspace.slug, role: 'owner' };
    });

export const renameWorkspace =
  ({ repo, inTransaction }: Pick<WorkspaceDeps, 'repo' | 'inTransaction'>) =>
  async (actor: Actor, input: WorkspaceRenameInput): Promise<WorkspaceSummary> => {
    actor.require('workspace:manage');
    return inTransaction(async (tx) => {
      const workspace = await repo.rename(actor.workspaceId, input.name, tx);
      await repo.addAudit(tx, actor, {
        action: 'workspace.renamed',
        subject: 'workspace',
        subjectId: workspace.id,
        details: { name: input.name },
      });
      return { ...workspace, role: actor.role };
    });
  };

/** Ends every session of the account, this one too. @throws invalid_input `workspaces.wrong_password`; rate_limited `auth.too_many_tries` */
export const changePassword =
  ({ repo, tries }: Pick<WorkspaceDeps, 'repo'> & { tries: TryLimit }) =>
  async (userId: string, input: PasswordChangeInput): Promise<void> => {
    const user = await repo.findUser(userId);
    const right = await tries(userId, () => verifyPassword(input.current, user?.passwordHash ?? null));
    if (!right) throw wrongPassword();
    await repo.setPassword(userId, await hashPassword(input.next));
  };

/** Readable, and unique without asking: the tail of a fresh id. */
function slugOf(name: string): string {
  const words = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return `${words || 'workspace'}-${newId().slice(-6)}`;
}
