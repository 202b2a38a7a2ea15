import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { build } from 'esbuild';
import type { ExampleListInput } from '../../src/features/datasets/dataset.schema';

const root = path.resolve(import.meta.dirname, '../..');

/** What one import took, as the importing process says. */
export interface Imported {
  datasetId: string;
  versionId: string;
  rows: number;
  /** Seconds, from the order to read the stored file until its rows can be queried. */
  wall: number;
  /** Milliseconds of other requests to the same process meanwhile, when they were asked for. */
  answers: number[];
}

/** The app's server as far as imports go, with the process that reads the files below it. */
export class ImportProcess {
  private constructor(private readonly child: ChildProcess) {}

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('The importing process did not start.');
    return this.child.pid;
  }

  /** Bundles the app's import and starts it against a migrated database. @param dataDir for the stored files */
  static async start(databaseUrl: string, dataDir: string, { nearDuplicates = true } = {}): Promise<ImportProcess> {
    execFileSync(process.execPath, ['scripts/build-processes.mjs'], { cwd: root, stdio: 'ignore' });
    const outfile = path.join(root, 'dist/bench/import-child.mjs');
    await build({
      ...{ absWorkingDir: root, entryPoints: ['scripts/bench/import-child.ts'], outfile, bundle: true },
      ...{ format: 'esm', platform: 'node', target: 'node20.19', packages: 'external', logLevel: 'error' },
      alias: { 'server-only': './src/testing/empty-module.ts' },
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    const env = { ...process.env, DATABASE_URL: databaseUrl, TUNELOOP_TEST_DIR: dataDir, LOG_LEVEL: 'silent' };
    const child = fork(outfile, nearDuplicates ? [] : ['--no-near'], { cwd: root, env, execArgv: [] });
    const [message] = await once(child, 'message');
    if (message !== 'ready') throw new Error(`The importing process said ${JSON.stringify(message)}.`);
    return new ImportProcess(child);
  }

  /** Stores a file, then imports it; only the import is measured. `onStart` is called in between. */
  async import(file: string, onStart: () => void = () => undefined, asks = false): Promise<Imported> {
    this.child.send({ file, asks });
    for (;;) {
      const [message] = await once(this.child, 'message');
      if (message === 'stored') {
        onStart();
        this.child.send('go');
      } else if (message.error) throw new Error(message.error);
      else return message as Imported;
    }
  }

  /** Asks for lists of examples, one after the other. @returns milliseconds and rows of each */
  async lists(inputs: readonly ExampleListInput[]): Promise<{ times: number[]; rows: number[] }> {
    this.child.send({ lists: inputs });
    const [message] = await once(this.child, 'message');
    if (message.error) throw new Error(message.error);
    return message;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}
