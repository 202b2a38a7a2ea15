import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import type { ExampleDetail, ExampleListInput } from '../dataset.schema';
import { type Split, splits } from '../split.rules';
import type { HoldoutExample } from './dataset.service';
import { columns, inVersion, LISTED_BYTES, named } from './example-filter';
import { listExamples } from './example-list.queries';
import { type ExampleRow, toExampleDetail, toQuestion } from './example-text';
import type { VersionKey } from './row-index/row-index.queries';
import type { PlacedVersion } from './row-place.queries';
import { listSorted } from './sorted-list.queries';

const BATCH_ROWS = 500;
const BATCH_BYTES = 4 * 1024 * 1024;
/** More than an evaluation asks for, as a few may have no question. */
const SAMPLED_ROWS = 100;

export { inVersion, matching, named } from './example-filter';
export type { VersionKey } from './row-index/row-index.queries';

export const exampleQueries = {
  list: (version: PlacedVersion, { sort = 'file', ...input }: ExampleListInput) =>
    sort === 'file' ? listExamples(version, input) : listSorted(version, { ...input, sort }),

  /** An example of any version of the dataset. */
  get: async (datasetId: string, id: string): Promise<ExampleDetail | null> => {
    const [row] = await database().$queryRaw<(ExampleRow & { body: string })[]>`
      SELECT ${columns}, e.body, '' AS head, '' AS tail
      FROM training_examples e WHERE e.dataset_id = ${datasetId}::uuid AND ${named([id])}`;
    return row ? toExampleDetail(row) : null;
  },

  /**
   * What a row of any version is in this one: an edit keeps its place. A file that came in between has rows of its own, so
   * there it must have the same text to be the same row. Null: it is not there.
   */
  now: async (version: VersionKey, id: string): Promise<ExampleDetail | null> => {
    const [row] = await database().$queryRaw<(ExampleRow & { body: string })[]>`
      WITH before AS (
        SELECT e.ordinal, e.from_version, e.body FROM training_examples e
        WHERE e.dataset_id = ${version.datasetId}::uuid AND ${named([id])})
      SELECT ${columns}, e.body, '' AS head, '' AS tail FROM training_examples e JOIN before b ON b.ordinal = e.ordinal
      WHERE ${inVersion(version)} AND (e.body = b.body OR NOT EXISTS (
        SELECT 1 FROM dataset_versions v WHERE v.dataset_id = ${version.datasetId}::uuid AND v.source <> 'edit'
          AND v.status = 'ready' AND v.number > b.from_version AND v.number <= ${version.number})) LIMIT 1`;
    return row ? toExampleDetail(row) : null;
  },

  /** Raw lines of one split in file order, at most 4 MB (or one line) at a time. No connection is held between batches. */
  async *lines(version: VersionKey, split: Split): AsyncGenerator<string[]> {
    let after = { ordinal: -1n, id: '00000000-0000-0000-0000-000000000000' };
    for (;;) {
      const rows = await database().$queryRaw<{ ordinal: bigint; id: string; body: string }[]>`
        SELECT s.ordinal, s.id, b.body FROM (
          SELECT r.*, sum(r.bytes) OVER (ORDER BY r.ordinal, r.id) AS running, row_number() OVER (ORDER BY r.ordinal, r.id) AS place
          FROM (
            SELECT e.ordinal, e.id, octet_length(e.body) AS bytes FROM training_examples e
            WHERE ${inVersion(version)} AND e.split = ${splits.indexOf(split)}
              AND (e.ordinal, e.id) > (${after.ordinal}, ${after.id}::uuid)
            ORDER BY e.ordinal, e.id LIMIT ${BATCH_ROWS}) r) s
        JOIN training_examples b ON b.dataset_id = ${version.datasetId}::uuid AND b.ordinal = s.ordinal AND b.id = s.id
        WHERE s.running <= ${BATCH_BYTES} OR s.place = 1
        ORDER BY s.ordinal, s.id`;
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map(({ body }) => body);
      after = { ordinal: last.ordinal, id: last.id };
    }
  },

  /**
   * Distinct held-out examples in the order of their hash: a fair sample that is the same every time. All rows of the dataset
   * are looked through, which is for the background.
   */
  holdout: async (version: VersionKey, limit: number): Promise<HoldoutExample[]> => {
    const found: HoldoutExample[] = [];
    let after: bigint | null = null;
    while (found.length < limit) {
      const from: Prisma.Sql = after === null ? Prisma.empty : Prisma.sql`AND e.content_hash > ${after}`;
      const rows: { id: string; hash: bigint; body: string }[] = await database().$queryRaw`
        WITH held AS (
          SELECT DISTINCT ON (e.content_hash) e.ordinal, e.id, e.content_hash AS hash FROM training_examples e
          WHERE ${inVersion(version)} AND e.split = ${splits.indexOf('holdout')} AND octet_length(e.body) <= ${LISTED_BYTES} ${from}
          ORDER BY e.content_hash, e.ordinal LIMIT ${SAMPLED_ROWS})
        SELECT h.id, h.hash, b.body FROM held h
        JOIN training_examples b ON b.dataset_id = ${version.datasetId}::uuid AND b.ordinal = h.ordinal AND b.id = h.id
        ORDER BY h.hash`;
      const last = rows.at(-1);
      if (!last) break;
      found.push(
        ...rows.flatMap(({ id, body }) => {
          const question = toQuestion(body);
          return question ? [{ id, ...question }] : [];
        }),
      );
      after = last.hash;
    }
    return found.slice(0, limit);
  },
};

export type ExampleQueries = typeof exampleQueries;
