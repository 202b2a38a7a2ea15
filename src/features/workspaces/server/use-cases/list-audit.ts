import type { Actor } from '@/lib/actor';
import type { Page } from '@/lib/keyset';
import type { AuditListInput, AuditSummary } from '../../workspace.schema';
import type { WorkspaceDeps } from '../workspace.service';

export const listAudit =
  ({ queries }: Pick<WorkspaceDeps, 'queries'>) =>
  (actor: Actor, input: AuditListInput): Promise<Page<AuditSummary>> => {
    actor.require('audit:read');
    return queries.audit(actor.workspaceId, input);
  };
