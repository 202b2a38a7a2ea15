import 'server-only';
import { cron, type InngestFunction } from 'inngest';
import type { WorkspaceService } from '@/features/workspaces/server';
import { inngest } from '@/platform/inngest/client';
import { deliverOutbox, pruneOutbox } from '@/platform/outbox/deliver-outbox';
import { pruneIdempotencyKeys } from '@/platform/rest/idempotency';

/** Housekeeping that belongs to no slice, or to one that has no functions of its own. */
export const createMaintenanceFunctions = (
  workspaces: Pick<WorkspaceService, 'pruneTries'>,
): InngestFunction.Like[] => [
  inngest().createFunction(
    { id: 'deliver-outbox', name: 'Hand over waiting events', triggers: [cron('* * * * *')], retries: 0 },
    async ({ step }) => {
      // Every process delivers on its own as well; this is the net below, for a process whose loop has died.
      await step.run('deliver-waiting-events', () => deliverOutbox(new Date()));
    },
  ),
  inngest().createFunction(
    { id: 'clean-up', name: 'Forget what is done', triggers: [cron('17 3 * * *')], retries: 2 },
    async ({ step }) => {
      await step.run('forget-delivered-events', () => pruneOutbox(new Date()));
      await step.run('forget-idempotency-keys', () => pruneIdempotencyKeys(new Date()));
      await step.run('forget-tries-of-passwords', () => workspaces.pruneTries());
    },
  ),
];
