import { z } from 'zod';
import { database } from '@/platform/db/database';
import { signalSets } from '../../analysis.schema';
import { describeProblem } from '../../problem.rules';
import { DEDUCTING, type SignalSet } from '../../score.rules';

const HISTORY = 200;

export interface ScoredVersion {
  id: string;
  number: number;
  attempt: number;
  /** Of all signals, as it was found when the version was made. */
  score: { mean: number; counts: number[] };
  /** Findings that are only for information. */
  remarks: number;
  /** How many rows have which signals together; null until somebody has asked. */
  sets: SignalSet[] | null;
}

const stored = z.object({ mean: z.number(), counts: z.array(z.number()) });
const totals = z.record(z.string(), z.number());

function remarksIn(problems: unknown): number {
  const found = totals.safeParse(problems);
  const told = Object.entries(found.success ? found.data : {}).filter(
    ([code]) => describeProblem(code).severity === 'info',
  );
  return told.reduce((sum, [, total]) => sum + total, 0);
}

export const scoreQueries = {
  /** Ready versions that have a score, newest first. */
  versions: async (workspaceId: string, datasetId: string): Promise<ScoredVersion[]> => {
    const rows = await database().$queryRaw<
      { id: string; number: number; attempt: number; score: unknown; problems: unknown; sets: unknown }[]
    >`
      SELECT id, number, attempt, stats -> 'score' AS score, stats -> 'problems' AS problems,
        CASE WHEN (analysis ->> 'attempt')::int = attempt THEN analysis -> 'signals' END AS sets
      FROM dataset_versions
      WHERE workspace_id = ${workspaceId}::uuid AND dataset_id = ${datasetId}::uuid AND status = 'ready'
      ORDER BY number DESC LIMIT ${HISTORY}`;
    return rows.flatMap(({ score, problems, sets, ...version }) => {
      const known = stored.safeParse(score);
      const counted = signalSets.safeParse(sets);
      if (!known.success) return [];
      const { mean, counts } = known.data;
      return [
        {
          ...{ ...version, score: { mean, counts }, remarks: remarksIn(problems) },
          sets: counted.success ? counted.data : null,
        },
      ];
    });
  },

  /**
   * How many rows have which signals together, for all of these versions in one pass: a row is counted once for the range of
   * versions it lives in. Versions share most rows, so a pass for each of them would read the same ones again and again. The
   * caller has checked whose dataset it is.
   */
  signalSets: async (datasetId: string, numbers: readonly number[]): Promise<Map<number, SignalSet[]>> => {
    const rows = await database().$queryRaw<(SignalSet & { low: number; high: number | null })[]>`
      SELECT from_version AS low, to_version AS high, flags & ${DEDUCTING}::int AS flags, count(*)::int AS rows
      FROM training_examples
      WHERE dataset_id = ${datasetId}::uuid AND score IS NOT NULL AND from_version <= ${Math.max(...numbers)}
        AND (to_version IS NULL OR to_version > ${Math.min(...numbers)})
      GROUP BY 1, 2, 3`;
    return new Map(
      numbers.map((number) => {
        const counts = new Map<number, number>();
        for (const { low, high, flags, rows: count } of rows)
          if (low <= number && (high === null || high > number)) counts.set(flags, (counts.get(flags) ?? 0) + count);
        return [number, [...counts].map(([flags, count]) => ({ flags, rows: count }))] as const;
      }),
    );
  },
};

export type ScoreQueries = typeof scoreQueries;
