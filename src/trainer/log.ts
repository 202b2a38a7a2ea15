/** Writes one JSON log line to standard output, in the shape of the rest of the product's logs. */
export function log(level: 'info' | 'warn' | 'error', msg: string, details: Record<string, unknown> = {}): void {
  process.stdout.write(
    `${JSON.stringify({ level, time: new Date().toISOString(), name: 'trainer', msg, ...details })}\n`,
  );
}
