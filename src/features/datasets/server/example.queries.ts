import { decodeCursor, type Page, toPage } from '@/lib/keyset';
import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import type { ExampleFilter } from '../change.schema';
import type { ExampleDetail, ExampleListInput, ExampleSummary } from '../dataset.schema';
import { FLAG, roleFlag } from '../flag.rules';
import { type Split, splits } from '../split.rules';
import type { HoldoutExample } from './dataset.service';
import { type ExampleRow, toExampleDetail, toExampleSummary, toQuestion } from './example-text';

/** Longer rows are not sent for a list of examples, nor asked in an evaluation. */
const LISTED_BYTES = 65_536;
const BATCH_ROWS = 500;
const BATCH_BYTES = 4 * 1024 * 1024;

/** Rows that belong to a version: it lives in their range. The caller has checked whose dataset it is. */
export const inVersion = ({ datasetId, number }: { datasetId: string; number: number }) =>
  Prisma.sql`e.dataset_id = ${datasetId}::uuid AND e.from_version <= ${number} AND (e.to_version IS NULL OR e.to_version > ${number})`;

export interface VersionKey {
  datasetId: string;
  number: number;
}

const columns = Prisma.sql`e.id, e.line, e.split::int, e.tokens, e.trainable_tokens AS "trainableTokens", e.flags, e.score::int`;

/** What the filters of a list ask of a row; a change of all rows that match asks the same. */
export const matching = (input: ExampleFilter): Prisma.Sql[] => [
  ...(input.split ? [Prisma.sql`e.split = ${splits.indexOf(input.split)}`] : []),
  ...(input.flag ? [Prisma.sql`e.flags & ${FLAG[input.flag]} <> 0`] : []),
  ...(input.role ? [Prisma.sql`e.flags & ${FLAG[roleFlag[input.role]]} <> 0`] : []),
  ...(input.minScore !== undefined ? [Prisma.sql`e.score >= ${input.minScore}`] : []),
  ...(input.maxScore !== undefined ? [Prisma.sql`e.score <= ${input.maxScore}`] : []),
  ...(input.minTokens !== undefined ? [Prisma.sql`e.tokens >= ${input.minTokens}`] : []),
  ...(input.maxTokens !== undefined ? [Prisma.sql`e.tokens <= ${input.maxTokens}`] : []),
  ...(input.line !== undefined ? [Prisma.sql`e.line = ${input.line}`] : []),
  ...(input.ids ? [Prisma.sql`e.id = ANY(${input.ids}::uuid[])`] : []),
  ...(input.search ? [containing(input.search)] : []),
];

export const exampleQueries = {
  /** In file order. Index: training_examples(dataset_id, ordinal). */
  list: async (version: VersionKey, input: ExampleListInput): Promise<Page<ExampleSummary>> => {
    const [ordinal, id] = decodeCursor(input.cursor) ?? [];
    const where = [
      inVersion(version),
      ...(ordinal && id ? [Prisma.sql`(e.ordinal, e.id) > (${BigInt(ordinal)}, ${id}::uuid)`] : []),
      ...matching(input),
    ];
    const rows = await database().$queryRaw<(ExampleRow & { ordinal: bigint })[]>`
      SELECT ${columns}, e.ordinal, CASE WHEN octet_length(e.body) <= ${LISTED_BYTES} THEN e.body END AS body,
        left(e.body, 300) AS head, right(e.body, 300) AS tail
      FROM training_examples e WHERE ${Prisma.join(where, ' AND ')} ORDER BY e.ordinal, e.id LIMIT ${input.limit + 1}`;
    const page = toPage(rows, input.limit, (row) => [row.ordinal, row.id]);
    return { ...page, items: page.items.map(toExampleSummary) };
  },

  /** An example of any version of the dataset. */
  get: async (datasetId: string, id: string): Promise<ExampleDetail | null> => {
    const [row] = await database().$queryRaw<(ExampleRow & { body: string })[]>`
      SELECT ${columns}, e.body, '' AS head, '' AS tail
      FROM training_examples e WHERE e.id = ${id}::uuid AND e.dataset_id = ${datasetId}::uuid`;
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
        JOIN training_examples b ON b.id = s.id
        WHERE s.running <= ${BATCH_BYTES} OR s.place = 1
        ORDER BY s.ordinal, s.id`;
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map(({ body }) => body);
      after = { ordinal: last.ordinal, id: last.id };
    }
  },

  /** Distinct held-out examples in the order of their hash: a fair sample that is the same every time. */
  holdout: async (version: VersionKey, limit: number): Promise<HoldoutExample[]> => {
    const found: HoldoutExample[] = [];
    let after: bigint | null = null;
    while (found.length < limit) {
      const from: Prisma.Sql = after === null ? Prisma.empty : Prisma.sql`AND e.content_hash > ${after}`;
      const rows: { id: string; hash: bigint; body: string }[] = await database().$queryRaw`
        SELECT DISTINCT ON (e.content_hash) e.id, e.content_hash AS hash, e.body FROM training_examples e
        WHERE ${inVersion(version)} AND e.split = ${splits.indexOf('holdout')} AND octet_length(e.body) <= ${LISTED_BYTES} ${from}
        ORDER BY e.content_hash, e.ordinal LIMIT 100`;
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

/** Rows are stored as they arrived, so the text is looked for as JSON may have written it: plain, or with \u escapes. */
function containing(search: string): Prisma.Sql {
  const plain = JSON.stringify(search).slice(1, -1);
  const escaped = plain.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const patterns = [...new Set([plain, escaped])].map((text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`);
  return Prisma.sql`e.body ILIKE ANY (${patterns})`;
}
