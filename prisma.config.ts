import path from 'node:path';
import { defineConfig } from 'prisma/config';

// Prisma's native schema engine is downloaded at install time, which an offline machine cannot do.
// Our shim speaks the same protocol over Prisma's own WebAssembly build of the engine (docs/decisions/007).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, 'scripts/schema-engine.mjs');

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations', seed: 'node --import tsx --conditions=react-server prisma/seed.ts' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://postgres:postgres@127.0.0.1:5432/tuneloop' },
});
