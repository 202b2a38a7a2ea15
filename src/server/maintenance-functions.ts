import 'server-only';
import { cron, type InngestFunction } from 'inngest';
import { inngest } from '@/platform/inngest/client';
import { deliverOutbox, pruneOutbox } from '@/platform/outbox/deliver-outbox';
import { pruneIdempotencyKeys } from '@/platform/rest/idempotency';

/** Housekeeping that belongs to no slice. */
export const createMaintenanceFunctions = (): InngestFunction.Like[] => [
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
    },
  ),
];
