import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

export const ENGINE = path.join(root, 'scripts/schema-engine.mjs');

const SCHEMA = `datasource db {
  provider = "postgresql"
}

model Widget {
  id   Int    @id
  name String
}
`;

export const CREATE_WIDGET =
  'CREATE TABLE "Widget" ("id" INTEGER NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "Widget_pkey" PRIMARY KEY ("id"));\n';

/** What one run of the Prisma CLI printed, and how it ended. */
export interface CliResult {
  code: number | null;
  output: string;
}

/** A throwaway Prisma project: a schema with one model, a folder of migrations, and the CLI with our engine. */
export class PrismaProject {
  private readonly folder = mkdtempSync(path.join(process.env.TUNELOOP_TEST_DIR ?? tmpdir(), 'prisma-'));

  constructor() {
    writeFileSync(path.join(this.folder, 'schema.prisma'), SCHEMA);
    writeFileSync(
      path.join(this.folder, 'prisma.config.mjs'),
      `process.env.PRISMA_SCHEMA_ENGINE_BINARY = ${JSON.stringify(ENGINE)};
const shadow = process.env.SHADOW_URL ? { shadowDatabaseUrl: process.env.SHADOW_URL } : {};
const datasource = { url: process.env.DATABASE_URL, ...shadow };
export default { schema: 'schema.prisma', migrations: { path: 'migrations' }, datasource };
`,
    );
    mkdirSync(path.join(this.folder, 'migrations'));
    writeFileSync(path.join(this.folder, 'migrations/migration_lock.toml'), 'provider = "postgresql"\n');
  }

  /** Writes a migration, or changes it. */
  migration(name: string, sql: string): void {
    mkdirSync(path.join(this.folder, 'migrations', name), { recursive: true });
    writeFileSync(path.join(this.folder, 'migrations', name, 'migration.sql'), sql);
  }

  /** Starts the CLI as leader of a process group, so that it can be killed together with the engine. */
  start(url: string, args: readonly string[], opts: { shadowUrl?: string } = {}) {
    return spawn(process.execPath, [path.join(root, 'node_modules/prisma/build/index.js'), ...args], {
      cwd: this.folder,
      detached: true,
      env: {
        ...process.env,
        DATABASE_URL: url,
        SHADOW_URL: opts.shadowUrl ?? '',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        NO_COLOR: '1',
      },
    });
  }

  /** Runs `prisma …args` to its end. */
  run(url: string, args: readonly string[], opts: { shadowUrl?: string; stdin?: string } = {}): Promise<CliResult> {
    const child = this.start(url, args, opts);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
    child.stdin.end(opts.stdin ?? '');
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, output }));
    });
  }
}
