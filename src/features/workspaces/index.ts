export { ApiKeysPanel } from './ui/api-keys-panel';
export { AuditPanel } from './ui/audit-panel';
export { auditWords } from './ui/audit-words';
export { MembersPanel } from './ui/members-panel';
export { PasswordPanel } from './ui/password-panel';
export { WorkspacePanel } from './ui/workspace-panel';
