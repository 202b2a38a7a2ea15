import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import type { Duplicates, VersionContents } from '../../analysis.schema';
import { exampleFlags } from '../../flag.rules';
import { inVersion, named, type VersionKey } from '../example.queries';
import { toExampleSummary } from '../example-text';
import type { RowToAnalyse } from './row-analysis';

/** Longer rows are not looked into: one of them alone would hold up everybody else. */
const READ_BYTES = 65_536;
const BATCH_ROWS = 200;
/** The sample is taken out of so many parts. */
const PARTS = 1 << 20;
const CLUSTERS_SHOWN = 20;
const LINES_SHOWN = 6;
const ID_LENGTH = 36;
const ID = /.{36}/g;

const TOOLS = 1 << exampleFlags.tools.bit;
/** A quote inside of a text is written with a backslash before it, so only real keys and values match. */
const IMAGE = '%"image_url"%';

type BySplit = [number, number, number];

/** What an example may be. Null = any length. */
export interface ExampleLimit {
  maxTokens: number | null;
  tools: boolean;
  images: boolean;
}

export interface ShutOut {
  rows: BySplit;
  trainTokens: number;
}

export const analysisQueries = {
  /**
   * About `most` rows of a version in file order, all of them when it has no more. Which ones depends on their places alone,
   * so they are the same every time. No connection is held between batches.
   */
  async *sample(version: VersionKey & { rows: number }, most: number): AsyncGenerator<RowToAnalyse[]> {
    const threshold = Math.ceil((PARTS * most) / Math.max(1, version.rows));
    const chosen =
      version.rows > most ? Prisma.sql`AND (hashint8(e.ordinal) & ${PARTS - 1}) < ${threshold}` : Prisma.empty;
    // One pass finds the rows, their keys bring them: paging through a filter would read the rest again for every page
    // while the planner has no statistics of a fresh import.
    const [found] = await database().$queryRaw<{ ids: string | null }[]>`
      SELECT string_agg(e.id::text, '' ORDER BY e.ordinal, e.id) AS ids
      FROM training_examples e WHERE ${inVersion(version)} ${chosen}`;
    const ids = found?.ids ?? '';
    for (let at = 0; at < ids.length; at += BATCH_ROWS * ID_LENGTH) {
      const batch = ids.slice(at, at + BATCH_ROWS * ID_LENGTH).match(ID) ?? [];
      yield await database().$queryRaw<RowToAnalyse[]>`
        SELECT e.id, e.line, e.split::int, e.tokens, e.trainable_tokens AS "trainableTokens",
          CASE WHEN octet_length(e.body) <= ${READ_BYTES} THEN e.body END AS body
        FROM training_examples e WHERE e.dataset_id = ${version.datasetId}::uuid AND ${named(batch)}
        ORDER BY e.ordinal, e.id`;
    }
  },

  exactDuplicates: (version: VersionKey): Promise<Duplicates> => clusters(version, Prisma.sql`e.content_hash`, false),

  /** Rows whose signatures fell together, where not all are the same text. Null while the version has no signatures. */
  nearDuplicates: async (version: VersionKey): Promise<Duplicates | null> => {
    const [signed] = await database().$queryRaw<unknown[]>`
      SELECT 1 FROM training_examples e WHERE ${inVersion(version)} AND e.near_hash IS NOT NULL LIMIT 1`;
    return signed ? clusters(version, Prisma.sql`e.near_hash`, true) : null;
  },

  /** One pass over the whole version. A quote inside of a text is written `\"`, so only real keys match. */
  contents: async (version: VersionKey): Promise<Omit<VersionContents, 'format'>> => {
    const rows = await database().$queryRaw<
      { split: number; bytes: bigint; tools: number; images: number; weights: number }[]
    >`
      SELECT e.split::int, sum(octet_length(e.body) + 1)::bigint AS bytes,
        (count(*) FILTER (WHERE e.flags & ${TOOLS} <> 0))::int AS tools,
        (count(*) FILTER (WHERE e.body LIKE ${IMAGE}))::int AS images,
        (count(*) FILTER (WHERE e.body LIKE '%"weight"%' AND e.body ~ '"weight"\\s*:\\s*0\\s*[,}]'))::int AS weights
      FROM training_examples e WHERE ${inVersion(version)} GROUP BY e.split`;
    const bySplit = (figure: (row: (typeof rows)[number]) => number | bigint) => {
      const sums: BySplit = [0, 0, 0];
      for (const row of rows) sums[row.split] = Number(figure(row));
      return sums;
    };
    return {
      bytes: bySplit((row) => row.bytes),
      tools: bySplit((row) => row.tools),
      images: bySplit((row) => row.images),
      weights: bySplit((row) => row.weights),
    };
  },

  /** Examples that a limit shuts out, by split, and the tokens of those in the training split; one pass for all limits. */
  shutOut: async (version: VersionKey, limits: readonly ExampleLimit[]): Promise<ShutOut[]> => {
    const asked = limits.map((limit, place) => ({ ...limit, place }));
    const rows = await database().$queryRaw<{ place: number; split: number; rows: number; tokens: bigint }[]>`
      SELECT l.place, e.split::int, count(*)::int AS rows, sum(e.tokens)::bigint AS tokens
      FROM training_examples e
      JOIN jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS l(place int, "maxTokens" int, tools boolean, images boolean)
        ON e.tokens > l."maxTokens" OR (NOT l.tools AND e.flags & ${TOOLS} <> 0) OR (NOT l.images AND e.body LIKE ${IMAGE})
      WHERE ${inVersion(version)} GROUP BY 1, 2`;
    return limits.map((_, place) => {
      const found = rows.filter((row) => row.place === place);
      const counts: BySplit = [0, 0, 0];
      for (const row of found) counts[row.split] = row.rows;
      return { rows: counts, trainTokens: Number(found.find(({ split }) => split === 0)?.tokens ?? 0) };
    });
  },
};

export type AnalysisQueries = typeof analysisQueries;

/** Groups of rows with the same value, largest first. @param mixed only groups of more than one text */
async function clusters(version: VersionKey, by: Prisma.Sql, mixed: boolean): Promise<Duplicates> {
  const kept = mixed ? Prisma.sql`min(e.content_hash) <> max(e.content_hash)` : Prisma.sql`count(*) > 1`;
  const largest = await database().$queryRaw<{ hash: bigint; clusters: number; examples: number }[]>`
    SELECT g.hash, (count(*) OVER ())::int AS clusters, (sum(g.count) OVER ())::int AS examples
    FROM (SELECT ${by} AS hash, count(*) AS count, min(e.ordinal) AS first FROM training_examples e
          WHERE ${inVersion(version)} AND ${by} IS NOT NULL GROUP BY 1 HAVING ${kept}) g
    ORDER BY g.count DESC, g.first LIMIT ${CLUSTERS_SHOWN}`;
  const [total] = largest;
  if (!total) return { clusters: 0, examples: 0, largest: [] };
  const rows = await database().$queryRaw<Cluster[]>`
    SELECT g.*, CASE WHEN octet_length(b.body) <= ${READ_BYTES} THEN b.body END AS body
    FROM (SELECT ${by} AS hash, count(*)::int AS count, count(DISTINCT e.content_hash)::int AS texts,
            (array_agg(e.id ORDER BY e.ordinal, e.id))[1] AS id, min(e.ordinal) AS ordinal,
            (array_agg(e.line ORDER BY e.ordinal, e.id))[1:${LINES_SHOWN}] AS lines
          FROM training_examples e
          WHERE ${inVersion(version)} AND ${by} = ANY (${largest.map(({ hash }) => hash)}::bigint[]) GROUP BY 1) g
    JOIN training_examples b ON b.dataset_id = ${version.datasetId}::uuid AND b.ordinal = g.ordinal AND b.id = g.id`;
  const order = new Map(largest.map(({ hash }, place) => [hash, place]));
  rows.sort((a, b) => (order.get(a.hash) ?? 0) - (order.get(b.hash) ?? 0));
  return { clusters: total.clusters, examples: total.examples, largest: rows.map(toCluster) };
}

interface Cluster {
  hash: bigint;
  id: string;
  lines: number[];
  count: number;
  texts: number;
  body: string | null;
}

function toCluster({ id, lines, count, texts, body }: Cluster): Duplicates['largest'][number] {
  const none = { line: 0, split: 0, tokens: 0, trainableTokens: 0, flags: 0, score: null, head: '', tail: '' };
  const { firstUserText, lastAnswer } = toExampleSummary({ ...none, id, body });
  return { id, lines, count, texts, question: firstUserText, answer: lastAnswer };
}
