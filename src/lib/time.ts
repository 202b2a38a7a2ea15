const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds → "850 ms", "4 s", "3 min 12 s", "2 h 05 min", "3 d 4 h". */
export function formatDuration(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ${two((ms % MINUTE) / SECOND)} s`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ${two((ms % HOUR) / MINUTE)} min`;
  return `${Math.floor(ms / DAY)} d ${Math.floor((ms % DAY) / HOUR)} h`;
}

/** "just now", "4 min ago", "in 3 h", "2 d ago"; older than 30 days becomes a date. */
export function formatRelative(date: Date, now: Date): string {
  const delta = now.getTime() - date.getTime();
  const absolute = Math.abs(delta);
  if (absolute < 5 * SECOND) return 'just now';
  if (absolute > 30 * DAY) return date.toISOString().slice(0, 10);
  const [value, unit] =
    absolute < MINUTE
      ? [Math.floor(absolute / SECOND), 's']
      : absolute < HOUR
        ? [Math.floor(absolute / MINUTE), 'min']
        : absolute < DAY
          ? [Math.floor(absolute / HOUR), 'h']
          : [Math.floor(absolute / DAY), 'd'];
  return delta >= 0 ? `${value} ${unit} ago` : `in ${value} ${unit}`;
}
