import 'server-only';
import type { InngestFunction } from 'inngest';
import { createBudgetFunctions } from '@/features/budgets/server';
import { createDatasetFunctions } from '@/features/datasets/server';
import { createJobFunctions } from '@/features/jobs/server';
import { createProviderFunctions } from '@/features/providers/server';
import { createMaintenanceFunctions } from './maintenance-functions';
import { services } from './services';

/** Every durable function of the product: the embedded executor and the Inngest endpoint serve this list. */
export const inngestFunctions = (): InngestFunction.Like[] => [
  ...createProviderFunctions(services().providers),
  ...createDatasetFunctions(services().datasets),
  ...createBudgetFunctions(services().budgets),
  ...createJobFunctions(services().jobs),
  ...createMaintenanceFunctions(services().workspaces),
];
