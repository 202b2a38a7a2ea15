import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';

export interface Attempt {
  id: string;
  number: number;
  outcome: string;
  intendedAt: Date;
  settledAt: Date | null;
}

const select = { id: true, number: true, outcome: true, intendedAt: true, settledAt: true } as const;

/** What was tried to create the job at the provider: written before the call, completed after it. */
export const launchRepository = {
  newest: (tx: Tx | undefined, jobId: string): Promise<Attempt | null> =>
    database(tx).launchAttempt.findFirst({ where: { jobId }, orderBy: { number: 'desc' }, select }),

  intend: (tx: Tx, jobId: string, number: number, request: object, at: Date): Promise<Attempt> =>
    database(tx).launchAttempt.create({
      data: { jobId, number, outcome: 'intended', request, intendedAt: at },
      select,
    }),

  /** The first outcome stands, except that "unknown" may become known. */
  settle: async (
    tx: Tx,
    attemptId: string,
    outcome: 'accepted' | 'adopted' | 'rejected' | 'unknown',
    after: { response: object; providerJobId?: string; at: Date },
  ): Promise<boolean> => {
    const { count } = await database(tx).launchAttempt.updateMany({
      where: { id: attemptId, outcome: { in: outcome === 'unknown' ? ['intended'] : ['intended', 'unknown'] } },
      data: {
        outcome,
        response: after.response,
        settledAt: after.at,
        ...(after.providerJobId && { providerJobId: after.providerJobId }),
      },
    });
    return count === 1;
  },
};

export type LaunchRepository = typeof launchRepository;
