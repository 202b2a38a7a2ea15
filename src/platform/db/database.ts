import { PrismaPg } from '@prisma/adapter-pg';
import { env } from '@/env';
import type { InTransaction, Tx } from '@/lib/transaction';
import { processState } from '@/platform/process/process-state';
import { type Prisma, PrismaClient } from './generated/client';

/** Past this nobody believes any more that the work will end. */
const LONG_MS = 2 * 60 * 60 * 1000;

const shared = processState<{ prisma?: PrismaClient }>();

function client(): PrismaClient {
  shared.prisma ??= new PrismaClient({
    // The time-out counts waiting in the queue too, so it has to outlast a short rush; a database that refuses says so at once.
    adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: 12, connectionTimeoutMillis: 20_000 }),
    transactionOptions: { maxWait: 20_000, timeout: 30_000 },
  });
  return shared.prisma;
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
  await shared.prisma?.$disconnect();
  delete shared.prisma;
}
