'use client';

import { lazyDrawing } from './lazy-drawing';
import type { LineChartProps } from './line-chart-drawing';
import { strokeOf } from './series';

/** The drawing library is heavy: it comes when a chart is on the page, into a box that already has its height. */
const Drawing = lazyDrawing<LineChartProps>(() => import('./line-chart-drawing').then((file) => file.LineChartDrawing));

/** Several series over one axis; legible without colour (dash and label), extends without redrawing what is there. */
export function LineChart(props: LineChartProps) {
  const { series, height = 240, label } = props;
  return (
    <figure aria-label={label} className="min-w-0">
      <div style={{ height }}>
        <Drawing {...props} height={height} />
      </div>
      <figcaption className="mt-1 flex flex-wrap gap-x-4 gap-y-1 pl-2 text-muted text-sm">
        {series.map((one, index) => (
          <span key={one.id} className="inline-flex items-center gap-1.5">
            <svg aria-hidden width="22" height="6" className="shrink-0">
              <line
                x1="0"
                x2="22"
                y1="3"
                y2="3"
                stroke={strokeOf(index).color}
                strokeWidth="2"
                strokeDasharray={strokeOf(index).dash}
              />
            </svg>
            {one.label}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
