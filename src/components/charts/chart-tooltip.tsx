interface ChartTooltipProps {
  xName: string;
  formatX: (x: number) => string;
  formatY: (y: number) => string;
  /** Handed in by the drawing library. */
  active?: boolean;
  label?: number | string;
  payload?: readonly { dataKey?: unknown; name?: unknown; value?: unknown; color?: string }[];
}

export function ChartTooltip({ active, label, payload, xName, formatX, formatY }: ChartTooltipProps) {
  if (!active || !payload?.length) return null;
  return (
    <div className="rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-sm shadow-float">
      <div className="mb-0.5 text-muted">
        {xName} {typeof label === 'number' ? formatX(label) : label}
      </div>
      {payload.map((entry) => (
        <div key={String(entry.dataKey)} className="flex items-center justify-between gap-4">
          <span className="inline-flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-full" style={{ background: entry.color }} />
            {String(entry.name)}
          </span>
          <span className="font-medium">{typeof entry.value === 'number' ? formatY(entry.value) : '–'}</span>
        </div>
      ))}
    </div>
  );
}
