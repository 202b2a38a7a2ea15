import { database } from '@/platform/db/database';
import type { Problem } from '../dataset.schema';
import { FLAG } from '../flag.rules';
import { rowWord } from '../left-out.rules';
import { problemKinds } from '../problem.rules';
import { splitNames, splits } from '../split.rules';
import type { VersionKey } from './example.queries';

interface LeakRow {
  line: number;
  split: number;
  firstLine: number;
  firstSplit: number;
  /** They say exactly the same. */
  isCopy: boolean;
  /** What is said before the last answer is the same, the answer is not. */
  asksTheSame: boolean;
  total: number;
}

const nameOf = (split: number): string => splitNames[splits[split] ?? 'train'];

/**
 * Rows that are nearly the same as, or ask the same as, a row on another side: an import never deals out so, but rows can be
 * moved by hand. One pass over the version's rows without their texts; the caller has checked whose version it is.
 *
 * @returns the number of such rows, and the first places
 */
export async function findLeaks(
  { datasetId, number, rowsNumbered }: VersionKey & { rowsNumbered: boolean },
  limit: number,
): Promise<{ total: number; places: Problem[] }> {
  const rows = await database().$queryRaw<LeakRow[]>`
    WITH rows AS MATERIALIZED (
      SELECT near_hash, content_hash, flags, line, split::int AS split FROM training_examples
      WHERE dataset_id = ${datasetId}::uuid AND from_version <= ${number} AND (to_version IS NULL OR to_version > ${number})
        AND near_hash IS NOT NULL),
    groups AS (
      SELECT near_hash, min(line) AS "firstLine", (array_agg(split ORDER BY line))[1] AS "firstSplit",
        (array_agg(content_hash ORDER BY line))[1] AS first_hash
      FROM rows GROUP BY near_hash HAVING min(split) <> max(split))
    SELECT r.line, r.split, g."firstLine", g."firstSplit", r.content_hash = g.first_hash AS "isCopy",
      r.flags & ${FLAG.contradiction}::int <> 0 AS "asksTheSame", (count(*) OVER ())::int AS total
    FROM rows r JOIN groups g USING (near_hash) WHERE r.split <> g."firstSplit" ORDER BY r.line LIMIT ${limit}`;
  const word = rowWord(rowsNumbered).toLowerCase();
  return {
    total: rows[0]?.total ?? 0,
    places: rows.map(({ line, split, firstLine, firstSplit, isCopy, asksTheSame }) => ({
      ...{ code: 'split_leak', severity: problemKinds.split_leak.severity, line, path: '$', excerpt: null },
      ...{ element: null, addedIn: null },
      message: `It is in “${nameOf(split)}”, and ${isCopy ? 'is the same as' : asksTheSame ? 'asks the same as' : 'is nearly the same as'} ${word} ${firstLine}, which is in “${nameOf(firstSplit)}”.`,
    })),
  };
}
