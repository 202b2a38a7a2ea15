import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import { type Split, splits } from '../../split.rules';
import type { VersionKey } from '../example.queries';

const BATCH_ROWS = 500;
const BATCH_BYTES = 4 * 1024 * 1024;
const BATCH_PLACES = 20_000;

/** A row on its way out. */
export interface ExportRow {
  line: number;
  split: Split;
  tokens: number;
  body: string;
}

export const exportQueries = {
  versionId: async (datasetId: string, number: number): Promise<string | null> => {
    const where = { datasetId_number: { datasetId, number } };
    return (await database().datasetVersion.findUnique({ where, select: { id: true } }))?.id ?? null;
  },

  /**
   * Rows of a version, or of one split of it, in file order, at most 4 MB (or one row) at a time. No connection is held between
   * batches: who stops asking ends the reading. Index: the primary key.
   */
  async *rows({ datasetId, number }: VersionKey, split: Split | null): AsyncGenerator<ExportRow[]> {
    const side = split === null ? Prisma.empty : Prisma.sql`AND e.split = ${splits.indexOf(split)}`;
    let after = { ordinal: -1n, id: '00000000-0000-0000-0000-000000000000' };
    for (;;) {
      const rows = await database().$queryRaw<
        (Omit<ExportRow, 'split'> & { ordinal: bigint; id: string; split: number })[]
      >`
        SELECT s.ordinal, s.id, b.line, b.split::int, b.tokens, b.body FROM (
          SELECT r.*, sum(r.bytes) OVER (ORDER BY r.ordinal, r.id) AS running, row_number() OVER (ORDER BY r.ordinal, r.id) AS place
          FROM (
            SELECT e.ordinal, e.id, octet_length(e.body) AS bytes FROM training_examples e
            WHERE e.dataset_id = ${datasetId}::uuid AND e.from_version <= ${number}
              AND (e.to_version IS NULL OR e.to_version > ${number}) ${side}
              AND (e.ordinal, e.id) > (${after.ordinal}, ${after.id}::uuid)
            ORDER BY e.ordinal, e.id LIMIT ${BATCH_ROWS}) r) s
        JOIN training_examples b ON b.dataset_id = ${datasetId}::uuid AND b.ordinal = s.ordinal AND b.id = s.id
        WHERE s.running <= ${BATCH_BYTES} OR s.place = 1
        ORDER BY s.ordinal, s.id`;
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map(({ line, split: side, tokens, body }) => ({ line, split: splits[side] ?? 'train', tokens, body }));
      after = { ordinal: last.ordinal, id: last.id };
    }
  },

  /**
   * Places of the rows that the import of a version kept, in the order of its file; later versions only close such rows. No
   * connection is held between batches. Index: the primary key.
   */
  async *placesOf({ datasetId, number }: VersionKey): AsyncGenerator<number[]> {
    for (let after = -1n; ; ) {
      const rows: { ordinal: bigint }[] = await database().$queryRaw`
        SELECT e.ordinal FROM training_examples e
        WHERE e.dataset_id = ${datasetId}::uuid AND e.from_version = ${number} AND e.ordinal > ${after}
        ORDER BY e.ordinal LIMIT ${BATCH_PLACES}`;
      yield rows.map(({ ordinal }) => Number(ordinal));
      const last = rows.at(-1);
      if (!last || rows.length < BATCH_PLACES) return;
      after = last.ordinal;
    }
  },

  /** Which of these places have a row that the import of the version kept. */
  keptAt: async ({ datasetId, number }: VersionKey, places: readonly number[]): Promise<number[]> => {
    const rows = await database().$queryRaw<{ ordinal: bigint }[]>`
      SELECT e.ordinal FROM training_examples e
      WHERE e.dataset_id = ${datasetId}::uuid AND e.from_version = ${number} AND e.ordinal = ANY(${places}::bigint[])`;
    return rows.map(({ ordinal }) => Number(ordinal));
  },
};

export type ExportQueries = typeof exportQueries;
