interface SparklineProps {
  /** Evenly spaced; at least two to see a line. */
  values: readonly number[];
  /** Read aloud: "loss, falling from 2.31 to 0.41". */
  label: string;
  width?: number;
  height?: number;
}

const PAD = 2;

/** A curve the size of a word. Drawn by hand: a chart library for one path would outweigh the page. */
export function Sparkline({ values, label, width = 120, height = 28 }: SparklineProps) {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const step = (width - 2 * PAD) / Math.max(1, values.length - 1);
  const at = (value: number, index: number) =>
    `${(PAD + index * step).toFixed(1)} ${(height - PAD - ((value - low) / span) * (height - 2 * PAD)).toFixed(1)}`;
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="shrink-0 overflow-visible">
      {values.length > 1 && (
        <path
          d={`M${values.map(at).join('L')}`}
          fill="none"
          stroke="var(--series-1)"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
      )}
    </svg>
  );
}
