import { PrismaPg } from '@prisma/adapter-pg';
import { env } from '@/env';
import type { InTransaction, Tx } from '@/lib/transaction';
import { type Prisma, PrismaClient } from './generated/client';

/** Past this nobody believes any more that the work will end. */
const LONG_MS = 2 * 60 * 60 * 1000;

// Route bundles and instrumentation are separate module instances of one process: what is one per process lives on globalThis.
const shared = globalThis as typeof globalThis & { tuneloopPrisma?: PrismaClient };

function client(): PrismaClient {
  shared.tuneloopPrisma ??= new PrismaClient({
    // The time-out counts waiting in the queue too, so it has to outlast a short rush; a database that refuses says so at once.
    adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: 12, connectionTimeoutMillis: 20_000 }),
    transactionOptions: { maxWait: 20_000, timeout: 30_000 },
  });
  return shared.tuneloopPrisma;
}

export type Database = Prisma.TransactionClient;

/** The client to query with: the given transaction's, or the process's own. */
export const database = (tx?: Tx): Database => (tx as unknown as Database | undefined) ?? client();

export const inTransaction: InTransaction = (work) => client().$transaction((tx) => work(tx as unknown as Tx));

/** The same for work in the background that goes through many rows. */
export const inLongTransaction: InTransaction = (work) =>
  client().$transaction((tx) => work(tx as unknown as Tx), { timeout: LONG_MS });

/** Ends the connections of this process (tests and orderly shutdown). */
export async function closeDatabase(): Promise<void> {
  await shared.tuneloopPrisma?.$disconnect();
  delete shared.tuneloopPrisma;
}
