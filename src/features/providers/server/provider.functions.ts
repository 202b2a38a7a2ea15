import { cron, type InngestFunction } from 'inngest';
import { inngest } from '@/platform/inngest/client';
import type { ProviderService } from './provider.service';

export const createProviderFunctions = (providers: ProviderService): InngestFunction.Like[] => [
  inngest().createFunction(
    { id: 'check-connections', name: 'Check provider connections', triggers: [cron('*/5 * * * *')], retries: 0 },
    async ({ step }) => step.run('ask-each-provider', () => providers.checkDue()),
  ),
];
