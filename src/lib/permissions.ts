/** What can be allowed. Which role has what is one table: features/workspaces/role.rules.ts. */
export const permissions = [
  'workspace:read',
  'workspace:manage',
  'members:manage',
  'keys:manage',
  'audit:read',
  'providers:read',
  'providers:manage',
  'datasets:read',
  'datasets:write',
  'budgets:read',
  'budgets:manage',
  'jobs:read',
  'jobs:launch',
  'models:read',
  'models:write',
  'agents:read',
  'agents:write',
  'agents:call',
  'ops:read',
] as const;

export type Permission = (typeof permissions)[number];

export const roles = ['owner', 'admin', 'member', 'viewer'] as const;

export type Role = (typeof roles)[number];
