import { z } from 'zod';
import { idSchema } from '@/lib/ids';
import { pageInput } from '@/lib/keyset';
import { roles } from '@/lib/permissions';

export const roleSchema = z.enum(roles);

export const workspaceSummary = z.object({
  id: idSchema,
  name: z.string(),
  slug: z.string(),
  role: roleSchema,
});
export type WorkspaceSummary = z.infer<typeof workspaceSummary>;

export const memberSummary = z.object({
  id: idSchema,
  userId: idSchema,
  email: z.string(),
  name: z.string().nullable(),
  role: roleSchema,
  createdAt: z.date(),
});
export type MemberSummary = z.infer<typeof memberSummary>;

export const apiKeySummary = z.object({
  id: idSchema,
  name: z.string(),
  prefix: z.string(),
  /** As it was made with. */
  role: roleSchema,
  /** What it may do now: never more than its maker. */
  mayAs: roleSchema,
  /** `stopped`: the membership of its maker ended. */
  status: z.enum(['active', 'revoked', 'stopped']),
  /** Whom it acts for; null when it was made on the machine itself. */
  maker: z.string().nullable(),
  /** Null also when they are no member (any more). */
  makerRole: roleSchema.nullable(),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
});
export type ApiKeySummary = z.infer<typeof apiKeySummary>;

export const auditSummary = z.object({
  id: idSchema,
  actorKind: z.string(),
  actorLabel: z.string(),
  action: z.string(),
  subject: z.string(),
  subjectId: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  createdAt: z.date(),
});
export type AuditSummary = z.infer<typeof auditSummary>;

const workspaceName = z.string().trim().min(1, 'Give the workspace a name.').max(80);

export const workspaceRenameInput = z.object({ name: workspaceName });
export type WorkspaceRenameInput = z.infer<typeof workspaceRenameInput>;

export const workspaceCreateInput = z.object({ name: workspaceName });

export const apiKeyCreateInput = z.object({
  name: z.string().trim().min(1, 'Say what the key is for, so that you can find it again.').max(80),
  role: roleSchema.default('member'),
});
export type ApiKeyCreateInput = z.infer<typeof apiKeyCreateInput>;

/** `key` is shown once and never again. */
export const apiKeyCreated = apiKeySummary.extend({ key: z.string() });
export type ApiKeyCreated = z.infer<typeof apiKeyCreated>;

export const memberAddInput = z.object({
  email: z.email('This does not look like a mail address.').max(200),
  name: z.string().trim().max(80).optional(),
  role: roleSchema.default('member'),
});
export type MemberAddInput = z.infer<typeof memberAddInput>;

/** A new account's first password, shown once; null when the person already had an account. */
export const memberAdded = memberSummary.extend({ firstPassword: z.string().nullable() });
export type MemberAdded = z.infer<typeof memberAdded>;

/** The keys that stop working when a member is removed: how many, and the newest few by name. */
export const memberKeys = z.object({ count: z.number().int(), names: z.array(z.string()) });
export type MemberKeys = z.infer<typeof memberKeys>;

export const memberUpdateInput = z.object({ id: idSchema, role: roleSchema });
export type MemberUpdateInput = z.infer<typeof memberUpdateInput>;

export const passwordChangeInput = z.object({
  current: z.string().min(1, 'Type your current password.').max(200),
  next: z.string().min(10, 'Use at least 10 characters.').max(200),
});
export type PasswordChangeInput = z.infer<typeof passwordChangeInput>;

export const auditListInput = pageInput.extend({ search: z.string().max(100).optional() });
export type AuditListInput = z.infer<typeof auditListInput>;
