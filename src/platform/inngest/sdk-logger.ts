import { logger } from '@/platform/logger/logger';

type Level = 'info' | 'warn' | 'error' | 'debug';

/** The SDK speaks like console, (text, …values) or (values, text); ours are structured lines like every other. */
const line =
  (level: Level) =>
  (...args: unknown[]): void => {
    const texts = args.filter((arg) => typeof arg === 'string');
    const values = args.filter((arg) => typeof arg === 'object' && arg !== null);
    const error = values.find((value) => value instanceof Error);
    const fields = Object.assign({}, ...values.filter((value) => value !== error));
    logger[level](error ? { ...fields, err: error } : fields, texts.join(' ') || 'durable function');
  };

export const sdkLogger = { info: line('info'), warn: line('warn'), error: line('error'), debug: line('debug') };
