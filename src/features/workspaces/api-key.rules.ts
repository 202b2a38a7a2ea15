import type { Role } from '@/lib/permissions';
import { lowerRole } from './role.rules';
import type { ApiKeySummary } from './workspace.schema';

/** What decides whether a key opens anything, and how much. */
export interface KeyFacts {
  role: Role;
  revokedAt: Date | null;
  /** Revoked because its maker's membership ended, not by hand. */
  makerLeft: boolean;
  /** Role null: no member of the workspace now. No maker: made on the machine, by nobody who could leave. */
  maker: { role: Role | null } | null;
}

/** Revoked by hand is for good, whatever became of its maker; else a key lives as long as the membership of its maker. */
export function keyStatus({ revokedAt, makerLeft, maker }: KeyFacts): ApiKeySummary['status'] {
  if (revokedAt !== null && !makerLeft) return 'revoked';
  return revokedAt !== null || maker?.role === null ? 'stopped' : 'active';
}

/** The role a key acts with: its own, or its maker's where that is lower by now. */
export const roleOfKey = (role: Role, makerRole: Role | null): Role =>
  makerRole === null ? role : lowerRole(role, makerRole);
