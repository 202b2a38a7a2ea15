import path from 'node:path';

/** The one model that jobs can start from. */
export const BASE_MODEL = 'tiny-chat-1';

export interface TrainerConfig {
  /** 0 picks a free port. */
  readonly port: number;
  readonly host: string;
  /** Files, jobs, checkpoints; everything that must survive a restart. */
  readonly dataFolder: string;
  readonly baseCheckpoint: string;
  readonly tokenizer: string;
  /** When set, every request needs it as bearer token. */
  readonly apiKey: string | null;
  /** Threads that compute gradients, 1 or 2. */
  readonly threads: number;
}

/** Reads the configuration from environment variables. Throws an error that says which one is wrong and what to write. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): TrainerConfig {
  const whole = (name: string, fallback: number, low: number, high: number) => {
    const value = Number(environment[name] || fallback);
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new Error(`${name} is "${environment[name]}". Set it to a whole number from ${low} to ${high}.`);
  };
  const assets = path.resolve(environment.TRAINER_ASSETS_DIR || 'src/trainer/assets');
  return {
    port: whole('TRAINER_PORT', 0, 0, 65_535),
    host: environment.TRAINER_HOST || '127.0.0.1',
    dataFolder: path.resolve(environment.TRAINER_DATA_DIR || '.data/trainer'),
    baseCheckpoint: path.join(assets, `${BASE_MODEL}.safetensors`),
    tokenizer: path.join(assets, 'tokenizer.json'),
    apiKey: environment.TRAINER_API_KEY || null,
    threads: whole('TRAINER_THREADS', 2, 1, 2),
  };
}
