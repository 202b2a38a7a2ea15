import type { Clock } from '@/lib/clock';
import type { InTransaction } from '@/lib/transaction';
import { createTryLimit, type TryLimit } from './try-limit';
import { actorForUser, authenticateApiKey, hasAccount, sessionSeal, signIn } from './use-cases/authenticate';
import { listAudit } from './use-cases/list-audit';
import { createApiKey, listApiKeys, revokeApiKey } from './use-cases/manage-api-keys';
import { addMember, keysOfMember, listMembers, removeMember, updateMember } from './use-cases/manage-members';
import { changePassword, createWorkspace, renameWorkspace } from './use-cases/manage-workspace';
import type { WorkspaceQueries } from './workspace.queries';
import type { WorkspaceRepository } from './workspace.repository';

export interface WorkspaceDeps {
  repo: WorkspaceRepository;
  queries: WorkspaceQueries;
  inTransaction: InTransaction;
  clock: Clock;
}

/** Tenants, members, keys and the audit log. */
export const createWorkspaceService = (base: WorkspaceDeps) => {
  const deps = { ...base, tries: createTryLimit(base.repo) };
  return serviceOf(deps);
};

const serviceOf = (deps: WorkspaceDeps & { tries: TryLimit }) => ({
  signIn: signIn(deps),
  hasAccount: hasAccount(deps),
  sessionSeal: sessionSeal(deps),
  authenticateApiKey: authenticateApiKey(deps),
  actorForUser: actorForUser(deps),
  workspacesOf: deps.queries.workspacesOf,
  create: createWorkspace(deps),
  rename: renameWorkspace(deps),
  changePassword: changePassword(deps),
  listMembers: listMembers(deps),
  keysOfMember: keysOfMember(deps),
  addMember: addMember(deps),
  updateMember: updateMember(deps),
  removeMember: removeMember(deps),
  listApiKeys: listApiKeys(deps),
  createApiKey: createApiKey(deps),
  revokeApiKey: revokeApiKey(deps),
  listAudit: listAudit(deps),
  /** Tries of passwords that no longer count: one row for each address that somebody typed. */
  pruneTries: deps.repo.pruneTries,
  /** One row for each change of money, secret, role or release, in the transaction that makes it. */
  audit: deps.repo.addAudit,
});

export type WorkspaceService = ReturnType<typeof createWorkspaceService>;
