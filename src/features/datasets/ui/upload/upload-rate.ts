const WINDOW_MS = 5000;
const SHORTEST_MS = 400;

/** How fast bytes have come through in the last five seconds. One per upload. */
export class UploadRate {
  private samples: { at: number; bytes: number }[] = [];

  /** Call when an attempt begins: it may start below or above the last one, which is no speed. */
  restart(): void {
    this.samples = [];
  }

  /** Takes a sample at `at` (ms); returns bytes per second, or null while that would be a guess. */
  add(bytes: number, at: number): number | null {
    this.samples.push({ at, bytes });
    while (this.samples.length > 2 && at - (this.samples[1]?.at ?? at) >= WINDOW_MS) this.samples.shift();
    const first = this.samples[0];
    if (!first || at - first.at < SHORTEST_MS) return null;
    return Math.max(0, ((bytes - first.bytes) * 1000) / (at - first.at));
  }
}

/** Milliseconds for the rest at this rate; null when unknown. */
export function remainingMs(bytes: number, totalBytes: number, rate: number | null): number | null {
  if (rate === null || rate <= 0) return null;
  return Math.round(((totalBytes - bytes) * 1000) / rate);
}
