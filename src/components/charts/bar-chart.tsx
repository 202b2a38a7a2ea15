'use client';

import type { BarChartProps } from './bar-chart-drawing';
import { lazyDrawing } from './lazy-drawing';

const Drawing = lazyDrawing<BarChartProps>(() => import('./bar-chart-drawing').then((file) => file.BarChartDrawing));

/** Bars side by side: a histogram, or one bar a day. The box has its height before the drawing comes. */
export function BarChart(props: BarChartProps) {
  const { height = 180, label } = props;
  return (
    <figure aria-label={label} className="min-w-0" style={{ height }}>
      <Drawing {...props} height={height} />
    </figure>
  );
}
