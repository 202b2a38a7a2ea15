import { decodeCursor, type Page, toPage } from '@/lib/keyset';
import { database } from '@/platform/db/database';
import type { Problem, ValidationReport } from '../dataset.schema';
import { type VersionStats, versionStats } from '../dataset.schema';
import { versionStatuses } from '../dataset-words.rules';
import { type FlagName, problemFlag } from '../flag.rules';
import { describeProblem, type Severity } from '../problem.rules';
import { isFixable } from '../repair.rules';
import { findLeaks } from './leak.queries';

const PLACES_PER_GROUP = 20;
const LEAK = 'split_leak';
const ORDER: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

interface ReportedVersion {
  id: string;
  datasetId: string;
  number: number;
  source: string;
  status: string;
  statusReason: string | null;
  rows: number;
  rowsNumbered: boolean;
  stats: unknown;
}

interface IssueRow {
  code: string;
  line: number | null;
  element: number | null;
  path: string | null;
  message: string;
  excerpt: string | null;
}

const toProblem = ({ code, line, element, path, message, excerpt }: IssueRow): Problem => ({
  ...{ code, line, element, path, message, excerpt },
  severity: describeProblem(code).severity,
  addedIn: null,
});

interface Kept {
  places: number;
  rows: number;
}

/** Of each code the places that the version keeps, a hundred at most, and the rows they are in. */
async function placesKept(versionId: string): Promise<Map<string, Kept>> {
  const rows = await database().$queryRaw<(Kept & { code: string })[]>`
    SELECT code, count(*)::int AS places, count(DISTINCT line)::int AS rows FROM dataset_issues
    WHERE version_id = ${versionId}::uuid GROUP BY code`;
  return new Map(rows.map(({ code, ...kept }) => [code, kept]));
}

/** Rows that the repair of a problem changes, as far as that is known without reading them. */
function rowsToFix(
  code: string,
  { total, kept }: { total: number; kept: Kept | undefined },
  stats: VersionStats | undefined,
): number | null {
  // Half of a damaged sign does not come back.
  if (code === 'mojibake') return null;
  const flag = flagOfOne(code);
  if (flag) return stats?.flags?.[flag] ?? null;
  return kept?.places === total ? kept.rows : null;
}

/** The flag that this problem alone leaves at a row. */
function flagOfOne(code: string): FlagName | null {
  const flags = Object.entries(problemFlag);
  const own = flags.find(([one]) => one === code)?.[1];
  return own && flags.filter(([, flag]) => flag === own).length === 1 ? own : null;
}

export const problemQueries = {
  /**
   * Groups with true totals, errors first, then the most frequent. The caller has checked whose version it is, and knows the
   * file and what became of its rows.
   */
  report: async (version: ReportedVersion): Promise<Omit<ValidationReport, 'file'>> => {
    const stats = versionStats.safeParse(version.stats);
    const totals = stats.success ? Object.entries(stats.data.problems) : [];
    const issues = await database().$queryRaw<IssueRow[]>`
      SELECT code, line, element, path, message, excerpt FROM (
        SELECT *, row_number() OVER (PARTITION BY code ORDER BY id) AS place
        FROM dataset_issues WHERE version_id = ${version.id}::uuid) i
      WHERE place <= ${PLACES_PER_GROUP} ORDER BY id`;
    const kept = await placesKept(version.id);
    const groups = totals.map(([code, total]) => ({
      ...{ code, total, ...describeProblem(code), fixable: isFixable(code) },
      fixableRows: isFixable(code) ? rowsToFix(code, { total, kept: kept.get(code) }, stats.data) : null,
      places: issues.filter((issue) => issue.code === code).map(toProblem),
    }));
    // An import leaves none but those it tells of; rows that were moved, added or edited by hand may be some.
    const leaks = version.source === 'edit' ? await findLeaks(version, PLACES_PER_GROUP) : null;
    if (leaks && leaks.total > 0) {
      const others = groups.filter(({ code }) => code !== LEAK);
      const group = { code: LEAK, ...describeProblem(LEAK), fixable: false, fixableRows: null, ...leaks };
      groups.splice(0, groups.length, ...others, group);
    }
    groups.sort((a, b) => ORDER[a.severity] - ORDER[b.severity] || b.total - a.total);
    return {
      ...{ datasetId: version.datasetId, versionId: version.id, statusReason: version.statusReason },
      status: versionStatuses.find((status) => status === version.status) ?? 'failed',
      rows: version.rows,
      rowsNumbered: version.rowsNumbered,
      rejectedRows: stats.success ? stats.data.rejectedRows : 0,
      groups,
    };
  },

  /** In the order in which they were found. Index: dataset_issues(version_id, code, line); at most 100 a code. */
  list: async (
    versionId: string,
    input: { cursor?: string | null | undefined; limit: number; code?: string | undefined },
  ): Promise<Page<Problem>> => {
    const [after] = decodeCursor(input.cursor) ?? [];
    const rows = await database().datasetIssue.findMany({
      where: { versionId, ...(input.code && { code: input.code }), ...(after && { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: input.limit + 1,
    });
    const page = toPage(rows, input.limit, (row) => [row.id]);
    return { ...page, items: page.items.map(toProblem) };
  },
};

export type ProblemQueries = typeof problemQueries;
