export { auditWords } from './ui/audit-words';
export { ApiKeysPanel, AuditPanel, PasswordPanel, WorkspacePanel } from './ui/lazy-panels';
export { MembersPanel } from './ui/members-panel';
