'use client';

import { useMemo } from 'react';
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { AXIS_TICK, nameBelow, nameBeside } from './axis';
import { ChartTooltip } from './chart-tooltip';
import { mergeSeries } from './merge-series';
import { type ChartMarker, type LineSeries, strokeOf } from './series';

export interface LineChartProps {
  /** Read aloud: what the chart shows. */
  label: string;
  series: readonly LineSeries[];
  /** Below the axis, and before the x value in the tooltip: "step". */
  xName: string;
  /** Beside the axis at the left: "loss". */
  yName: string;
  formatX?: (x: number) => string;
  formatY?: (y: number) => string;
  /** Fixed ends of the x axis, e.g. [0, totalSteps], so that a running curve grows into its place. */
  xDomain?: readonly [number, number] | undefined;
  markers?: readonly ChartMarker[];
  height?: number;
  logScale?: boolean;
}

export function LineChartDrawing(props: LineChartProps) {
  const { series, xName, yName, xDomain, markers = [], height, logScale = false } = props;
  const { formatX = String, formatY = String } = props;
  const rows = useMemo(() => mergeSeries(series), [series]);
  return (
    <ResponsiveContainer width="100%" height={height ?? 240}>
      <LineChart data={rows} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer>
        <CartesianGrid stroke="var(--border)" vertical={false} />
        <XAxis
          dataKey="x"
          type="number"
          domain={xDomain ? [...xDomain] : ['dataMin', 'dataMax']}
          tick={AXIS_TICK}
          {...nameBelow(xName)}
          tickFormatter={formatX}
          tickLine={false}
          stroke="var(--border-strong)"
          minTickGap={40}
        />
        <YAxis
          tick={AXIS_TICK}
          tickFormatter={formatY}
          tickLine={false}
          axisLine={false}
          {...nameBeside(yName, 48)}
          scale={logScale ? 'log' : 'linear'}
          domain={logScale ? ['auto', 'auto'] : ['auto', 'auto']}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--border-strong)' }}
          content={<ChartTooltip xName={xName} formatX={formatX} formatY={formatY} />}
        />
        {markers.map((marker) => (
          <ReferenceLine
            key={marker.x}
            x={marker.x}
            stroke="var(--border-strong)"
            strokeDasharray="2 4"
            label={{ value: marker.label, position: 'insideTop', fontSize: 12, fill: 'var(--text-muted)' }}
          />
        ))}
        {series.map((one, index) => (
          <Line
            key={one.id}
            dataKey={one.id}
            name={one.label}
            type="linear"
            dot={one.dots ? { r: 2.5, strokeDasharray: '' } : false}
            activeDot={{ r: 3 }}
            stroke={strokeOf(index).color}
            strokeDasharray={strokeOf(index).dash ?? ''}
            strokeWidth={one.faint ? 1 : 1.75}
            strokeOpacity={one.faint ? 0.55 : 1}
            connectNulls={one.connect ?? false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
