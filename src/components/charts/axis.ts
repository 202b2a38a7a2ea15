export const AXIS_TICK = { fontSize: 12, fill: 'var(--text-faint)' };
const NAME = { fontSize: 12, fill: 'var(--text-muted)' };

/** The name of the axis below a drawing, with the room it takes; nothing for an axis whose ticks say it all. */
export const nameBelow = (name: string) =>
  name === '' ? {} : { height: 44, label: { ...NAME, value: name, position: 'insideBottom' as const, offset: 2 } };

/** The same for the axis at its left. @param width  what the ticks alone take */
export const nameBeside = (name: string, width: number) =>
  name === ''
    ? { width }
    : {
        width: width + 18,
        label: {
          ...NAME,
          value: name,
          angle: -90,
          position: 'insideLeft' as const,
          style: { textAnchor: 'middle' as const },
        },
      };
