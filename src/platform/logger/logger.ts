import pino from 'pino';
import { env } from '@/env';

/** One structured line per request and per step. Values are logged by id; secrets never reach a log. */
export const logger = pino({
  level: env.LOG_LEVEL,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: [
      '*.secret',
      '*.apiKey',
      '*.password',
      '*.token',
      '*.authorization',
      'headers.authorization',
      'headers.cookie',
    ],
    censor: '[redacted]',
  },
});

export type Logger = typeof logger;
