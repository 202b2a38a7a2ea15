import 'server-only';
import type { InngestFunction } from 'inngest';
import { createMaintenanceFunctions } from './maintenance-functions';

/** Every durable function of the product: the embedded executor and the Inngest endpoint serve this list. */
export const inngestFunctions = (): InngestFunction.Like[] => [...createMaintenanceFunctions()];
