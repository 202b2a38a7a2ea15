/** What the engine writes its log to; a pino logger fits. */
export interface EngineLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const nothing = () => {};
export const silentLogger: EngineLogger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));
