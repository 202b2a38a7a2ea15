'use client';

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { AXIS_TICK, nameBelow, nameBeside } from './axis';
import { ChartTooltip } from './chart-tooltip';

export interface BarChartProps {
  /** Read aloud: what the chart shows. */
  label: string;
  /** In the order of the axis; `name` is written under the bar, `range` (default: name) in the tooltip. */
  bars: readonly { name: string; range?: string; value: number }[];
  /** Below the axis, and before the bar's range in the tooltip: "tokens", "day". Empty where the bars say it themselves. */
  xName: string;
  /** What a bar counts: "examples", "spent"; beside the axis and in the tooltip. */
  valueName: string;
  formatValue?: (value: number) => string;
  height?: number;
}

export function BarChartDrawing({ bars, xName, valueName, formatValue = String, height = 180 }: BarChartProps) {
  const rows = bars.map((bar) => ({ ...bar, range: bar.range ?? bar.name }));
  return (
    <ResponsiveContainer width="100%" height={height}>
      <BarChart data={rows} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} barCategoryGap={2} accessibilityLayer>
        <CartesianGrid stroke="var(--border)" vertical={false} />
        <XAxis
          dataKey="name"
          tick={AXIS_TICK}
          {...nameBelow(xName)}
          tickLine={false}
          stroke="var(--border-strong)"
          interval="preserveStartEnd"
          minTickGap={24}
        />
        <YAxis
          tick={AXIS_TICK}
          tickFormatter={formatValue}
          tickLine={false}
          axisLine={false}
          {...nameBeside(valueName, 52)}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--surface-hover)' }}
          content={<BarTooltip xName={xName} formatValue={formatValue} />}
        />
        <Bar dataKey="value" name={valueName} fill="var(--series-1)" radius={[2, 2, 0, 0]} isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
}

interface BarTooltipProps {
  xName: string;
  formatValue: (value: number) => string;
  active?: boolean;
  payload?: readonly {
    name?: unknown;
    value?: unknown;
    color?: string;
    dataKey?: unknown;
    payload?: { range: string };
  }[];
}

function BarTooltip({ xName, formatValue, active = false, payload = [] }: BarTooltipProps) {
  return (
    <ChartTooltip
      active={active}
      label={payload[0]?.payload?.range ?? ''}
      payload={payload}
      xName={xName}
      formatX={String}
      formatY={formatValue}
    />
  );
}
