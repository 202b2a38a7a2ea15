import { AppError } from './app-error';
import { type Permission, permissions, type Role } from './permissions';

/** Who asks, and for which workspace. Every use case takes one first and asks it before it looks at anything. */
export interface Actor {
  kind: 'user' | 'api_key' | 'system';
  /** Row id of the user or key; null for the system itself. */
  id: string | null;
  label: string;
  workspaceId: string;
  role: Role;
  can(permission: Permission): boolean;
  /** @throws forbidden `workspaces.role_too_low` */
  require(permission: Permission): void;
}

export interface ActorOptions {
  kind: Actor['kind'];
  id: string | null;
  label: string;
  workspaceId: string;
  role: Role;
  allowed: readonly Permission[];
}

export function makeActor({ allowed, ...who }: ActorOptions): Actor {
  const granted = new Set(allowed);
  return {
    ...who,
    can: (permission) => granted.has(permission),
    require: (permission) => {
      if (granted.has(permission)) return;
      throw new AppError({
        kind: 'forbidden',
        reason: 'workspaces.role_too_low',
        message: `This needs the permission "${permission}", which the role "${who.role}" does not have here. Ask an owner or admin of the workspace.`,
        details: { permission, role: who.role },
      });
    },
  };
}

/** Durable functions act for a workspace, not for a person. */
export const systemActor = (workspaceId: string): Actor =>
  makeActor({ kind: 'system', id: null, label: 'Tuneloop', workspaceId, role: 'owner', allowed: permissions });
