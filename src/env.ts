import { createEnv } from '@t3-oss/env-nextjs';
import { z } from 'zod';

/** The only reader of process.env in the app. `npm start` fills in whatever the environment leaves open. */
export const env = createEnv({
  server: {
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    DATABASE_URL: z.url().default('postgresql://postgres:postgres@127.0.0.1:5432/tuneloop'),
    TUNELOOP_DATA_DIR: z.string().min(1).default('.data'),
    /** 32 random bytes in hex. Encrypts provider secrets and signs embedded uploads. */
    TUNELOOP_SECRET: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
    NEXTAUTH_URL: z.url().default('http://127.0.0.1:3000'),
    NEXTAUTH_SECRET: z.string().min(16).optional(),
    GITHUB_CLIENT_ID: z.string().optional(),
    GITHUB_CLIENT_SECRET: z.string().optional(),
    GOOGLE_CLIENT_ID: z.string().optional(),
    GOOGLE_CLIENT_SECRET: z.string().optional(),
    UPLOADTHING_TOKEN: z.string().optional(),
    /** Most bytes that uploaded files may take together in the embedded storage. Unset = what the disk has. */
    TUNELOOP_STORAGE_QUOTA_BYTES: z.coerce.number().int().positive().optional(),
    INNGEST_DEV: z.string().optional(),
    INNGEST_BASE_URL: z.url().optional(),
    INNGEST_EVENT_KEY: z.string().optional(),
    INNGEST_SIGNING_KEY: z.string().optional(),
    /** Base URL of the built-in trainer, with /v1. Unset = no built-in trainer in this installation. */
    TRAINER_URL: z.url().optional(),
    TRAINER_API_KEY: z.string().optional(),
    /** Tells processes of one machine apart in logs, leases and /api/health. */
    TUNELOOP_INSTANCE: z.string().optional(),
  },
  experimental__runtimeEnv: {},
  emptyStringAsUndefined: true,
});

/** The embedded executor runs durable functions unless an Inngest server or cloud account is configured. */
export const usesEmbeddedEngine = (): boolean => !env.INNGEST_DEV && !env.INNGEST_BASE_URL && !env.INNGEST_EVENT_KEY;
