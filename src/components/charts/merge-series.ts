import type { LineSeries } from './series';

export type MergedRow = { x: number } & Record<string, number | null>;

/** One row per x, sorted, with every series that has a point there. Absent points are null, so gaps stay gaps. */
export function mergeSeries(series: readonly LineSeries[]): MergedRow[] {
  const rows = new Map<number, MergedRow>();
  for (const one of series) {
    for (const { x, y } of one.points) {
      let row = rows.get(x);
      if (!row) {
        row = { x };
        rows.set(x, row);
      }
      row[one.id] = y;
    }
  }
  return [...rows.values()].sort((a, b) => a.x - b.x);
}
