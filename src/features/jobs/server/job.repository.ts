import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';
import { type FineTuningJob, Prisma } from '@/platform/db/generated/client';
import { notifyLive } from '@/platform/live/live-bus';
import type { eventTypes, JobStatus } from '../job.schema';

/** A job as it is stored. Stays inside this slice's server side. */
export type JobRow = Omit<FineTuningJob, 'status'> & { status: JobStatus };

export interface NewEvent {
  type: (typeof eventTypes)[number];
  level?: 'info' | 'warn' | 'error';
  message: string;
  data?: Record<string, unknown> | null;
  providerEventId?: string;
  providerTime?: Date;
}

export type JobChange = Prisma.FineTuningJobUncheckedUpdateManyInput;

/** Takes an error away that was stored: a JSON column needs the database's own null. */
export const noError = Prisma.DbNull;

export const jobTopic = (jobId: string) => `job:${jobId}`;
export const jobsTopic = (workspaceId: string) => `workspace:${workspaceId}:jobs`;

export const jobRepository = {
  /** False when the workspace has a job of this request already; a concurrent insert is waited for. */
  insert: async (tx: Tx, job: Prisma.FineTuningJobCreateManyInput): Promise<boolean> => {
    const { count } = await database(tx).fineTuningJob.createMany({ data: [job], skipDuplicates: true });
    return count === 1;
  },

  find: async (id: string, tx?: Tx): Promise<JobRow | null> =>
    (await database(tx).fineTuningJob.findUnique({ where: { id } })) as JobRow | null,

  /** For callers with an actor: another workspace's job does not exist. */
  findIn: async (workspaceId: string, id: string, tx?: Tx): Promise<JobRow | null> =>
    (await database(tx).fineTuningJob.findFirst({ where: { workspaceId, id } })) as JobRow | null,

  findByRequest: async (workspaceId: string, requestId: string, tx?: Tx): Promise<string | null> => {
    const row = await database(tx).fineTuningJob.findUnique({
      where: { workspaceId_requestId: { workspaceId, requestId } },
      select: { id: true },
    });
    return row?.id ?? null;
  },

  /** The row, held until the transaction ends: whoever changes a job does it one after the other. */
  lock: async (tx: Tx, id: string): Promise<JobRow | null> => {
    await database(tx).$queryRaw`SELECT 1 FROM fine_tuning_jobs WHERE id = ${id}::uuid FOR UPDATE`;
    return jobRepository.find(id, tx);
  },

  /** Moves a job on if it still is where the caller saw it. False = somebody else was first. */
  move: async (tx: Tx, job: Pick<JobRow, 'id' | 'status'>, to: JobStatus, change: JobChange): Promise<boolean> => {
    const { count } = await database(tx).fineTuningJob.updateMany({
      where: { id: job.id, status: job.status },
      data: { ...change, status: to },
    });
    return count === 1;
  },

  /** Changes what is no status. */
  change: (tx: Tx | undefined, id: string, change: Omit<JobChange, 'status'>) =>
    database(tx).fineTuningJob.updateMany({ where: { id }, data: change }),

  /**
   * Appends to the job's stream. Numbers come from the job's row, whose lock is held until the commit: no reader can see a
   * higher number before a lower one. Provider events that are there already are left out.
   */
  append: async (tx: Tx, job: Pick<JobRow, 'id' | 'workspaceId'>, events: readonly NewEvent[]): Promise<number> => {
    const db = database(tx);
    const fresh = await dropKnown(db, job.id, events);
    if (fresh.length > 0) {
      const { lastEventSeq } = await db.fineTuningJob.update({
        where: { id: job.id },
        data: { lastEventSeq: { increment: fresh.length } },
        select: { lastEventSeq: true },
      });
      const first = lastEventSeq - fresh.length + 1;
      await db.jobEvent.createMany({
        data: fresh.map(({ data, ...event }, index) => ({
          ...event,
          jobId: job.id,
          seq: first + index,
          ...(data && { data: data as object }),
        })),
      });
    }
    await jobRepository.announce(tx, job);
    return fresh.length;
  },

  announce: async (tx: Tx | undefined, job: Pick<JobRow, 'id' | 'workspaceId'>): Promise<void> => {
    await notifyLive(tx, jobTopic(job.id));
    await notifyLive(tx, jobsTopic(job.workspaceId));
  },

  delete: async (tx: Tx, workspaceId: string, id: string): Promise<boolean> => {
    const { count } = await database(tx).fineTuningJob.deleteMany({ where: { id, workspaceId } });
    return count === 1;
  },
};

export type JobRepository = typeof jobRepository;

async function dropKnown(db: ReturnType<typeof database>, jobId: string, events: readonly NewEvent[]) {
  const ids = events.flatMap((event) => event.providerEventId ?? []);
  if (ids.length === 0) return events;
  // Locked first: two pollers with the same page would otherwise both find nothing.
  await db.$queryRaw`SELECT 1 FROM fine_tuning_jobs WHERE id = ${jobId}::uuid FOR UPDATE`;
  const rows = await db.jobEvent.findMany({
    where: { jobId, providerEventId: { in: ids } },
    select: { providerEventId: true },
  });
  const known = new Set(rows.map((row) => row.providerEventId));
  return events.filter(({ providerEventId }) => {
    if (providerEventId === undefined) return true;
    if (known.has(providerEventId)) return false;
    known.add(providerEventId);
    return true;
  });
}
