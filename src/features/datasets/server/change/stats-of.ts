import { type VersionStats, versionStats } from '../../dataset.schema';

/** What a version row says of itself; one without figures counts as empty, so that its sums decide alone. */
export function statsOf({ stats }: { stats: unknown }): VersionStats {
  const known = versionStats.safeParse(stats);
  if (known.success) return known.data;
  const none = { edges: [], counts: [] };
  return {
    ...{ tokens: none, trainableTokens: none, percentiles: { p50: 0, p90: 0, p99: 0, max: 0 } },
    ...{ roles: {}, turns: {}, withTools: 0, withSystem: 0, duplicates: 0, problems: {}, rejectedRows: 0 },
  };
}
