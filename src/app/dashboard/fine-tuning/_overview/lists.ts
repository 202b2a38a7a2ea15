import type { RouterOutputs } from '@/trpc/client';

/** What the parts of the overview share; undefined while it is on its way. */
export interface Lists {
  datasets: RouterOutputs['datasets']['list'] | undefined;
  jobs: RouterOutputs['jobs']['list'] | undefined;
  models: RouterOutputs['models']['list'] | undefined;
  agents: RouterOutputs['agents']['list'] | undefined;
}
