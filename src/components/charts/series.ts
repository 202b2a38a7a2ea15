export interface LineSeries {
  id: string;
  /** In the legend and the tooltip. */
  label: string;
  /** A missing value is null: the line breaks there unless `connect`. */
  points: readonly { x: number; y: number | null }[];
  /** Faint lines stand behind the ones that matter. */
  faint?: boolean;
  /** Draws over gaps: for series measured less often than the others. */
  connect?: boolean;
  /** Marks each point: for series of which one alone would be no line. */
  dots?: boolean;
}

export interface ChartMarker {
  x: number;
  label: string;
}

/** Tells lines apart without colour: each place in the order has a colour and a dash of its own. */
export const strokeOf = (index: number): { color: string; dash: string | undefined } => ({
  color: `var(--series-${(index % 5) + 1})`,
  dash: [undefined, '6 3', '2 3', '9 3 2 3', '1 4'][index % 5],
});
