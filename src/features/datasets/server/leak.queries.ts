import { database } from '@/platform/db/database';
import type { Problem } from '../dataset.schema';
import { problemKinds } from '../problem.rules';
import { splits } from '../split.rules';
import type { VersionKey } from './example.queries';

interface LeakRow {
  line: number;
  split: number;
  firstLine: number;
  firstSplit: number;
  total: number;
}

/**
 * Rows that are nearly the same as, or ask the same as, a row on another side: an import never deals out so, but rows can be
 * moved by hand. One pass over the version's rows without their texts; the caller has checked whose version it is.
 *
 * @returns the number of such rows, and the first places
 */
export async function findLeaks(
  { datasetId, number }: VersionKey,
  limit: number,
): Promise<{ total: number; places: Problem[] }> {
  const rows = await database().$queryRaw<LeakRow[]>`
    WITH rows AS MATERIALIZED (
      SELECT near_hash, line, split::int AS split FROM training_examples
      WHERE dataset_id = ${datasetId}::uuid AND from_version <= ${number} AND (to_version IS NULL OR to_version > ${number})
        AND near_hash IS NOT NULL),
    groups AS (
      SELECT near_hash, min(line) AS "firstLine", (array_agg(split ORDER BY line))[1] AS "firstSplit"
      FROM rows GROUP BY near_hash HAVING min(split) <> max(split))
    SELECT r.line, r.split, g."firstLine", g."firstSplit", (count(*) OVER ())::int AS total
    FROM rows r JOIN groups g USING (near_hash) WHERE r.split <> g."firstSplit" ORDER BY r.line LIMIT ${limit}`;
  return {
    total: rows[0]?.total ?? 0,
    places: rows.map(({ line, split, firstLine, firstSplit }) => ({
      ...{ code: 'split_leak', severity: problemKinds.split_leak.severity, line, path: '$', excerpt: null },
      ...{ element: null, addedIn: null },
      message: `It is in ${splits[split]}, and nearly the same as line ${firstLine}, which is in ${splits[firstSplit]}.`,
    })),
  };
}
