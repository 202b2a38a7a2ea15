export { ApiKeysPanel } from './ui/api-keys-panel';
export { AuditPanel } from './ui/audit-panel';
export { auditWords } from './ui/audit-words';
export { PasswordPanel, WorkspacePanel } from './ui/lazy-panels';
export { MembersPanel } from './ui/members-panel';
