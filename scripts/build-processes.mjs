// Bundles the programs that run beside the web app (trainer, import, checks of rows) into dist/, so that they start in
// milliseconds, without a compiler, in development and production alike. Packages stay external.
//   node scripts/build-processes.mjs [--force]
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const stampFile = path.join(dist, 'inputs.json');

/** Output file below dist/ -> entry point. */
const PROGRAMS = {
  'trainer/server.mjs': 'src/trainer/server.ts',
  'trainer/train-job.mjs': 'src/trainer/train-job.ts',
  'trainer/generate-worker.mjs': 'src/trainer/generate-worker.ts',
  'row-worker.mjs': 'src/features/datasets/server/import/row-worker.ts',
  'import-process.mjs': 'src/features/datasets/server/import-process/program.ts',
};

/** @param {string[]} inputs paths below the project folder */
function fingerprint(inputs) {
  const hash = createHash('sha256').update(JSON.stringify(PROGRAMS));
  for (const input of ['scripts/build-processes.mjs', 'package-lock.json', 'tsconfig.json', ...inputs]) {
    const file = path.join(root, input);
    hash.update(`\0${input}\0`).update(existsSync(file) ? readFileSync(file) : 'missing');
  }
  return hash.digest('hex');
}

/** The outputs match the sources they were made from: every file that went into a bundle is unchanged. */
function isFresh() {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
    const outputs = Object.keys(PROGRAMS).map((output) => path.join(dist, output));
    return outputs.every((output) => existsSync(output)) && stamp.fingerprint === fingerprint(stamp.inputs);
  } catch {
    return false;
  }
}

async function build() {
  const present = Object.entries(PROGRAMS).filter(([, entry]) => existsSync(path.join(root, entry)));
  if (present.length === 0) return 0;
  const { build: bundle } = await import('esbuild');
  // Built aside and moved into place: a program that starts meanwhile never reads half a file.
  const aside = path.join(root, `dist/.building-${process.pid}`);
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: present.map(([output, entry]) => ({ in: entry, out: output.replace(/\.mjs$/, '') })),
    outdir: aside,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    alias: { 'server-only': './src/testing/empty-module.ts' },
    sourcemap: 'linked',
    metafile: true,
    logLevel: 'warning',
  });
  for (const [output] of present) {
    for (const suffix of ['', '.map']) {
      mkdirSync(path.dirname(path.join(dist, output)), { recursive: true });
      renameSync(path.join(aside, `${output}${suffix}`), path.join(dist, `${output}${suffix}`));
    }
  }
  rmSync(aside, { recursive: true, force: true });
  const inputs = Object.keys(metafile.inputs);
  writeFileSync(stampFile, JSON.stringify({ fingerprint: fingerprint(inputs), inputs }));
  return inputs.length;
}

if (process.argv.includes('--force') || !isFresh()) {
  const started = Date.now();
  const files = await build();
  const missing = Object.values(PROGRAMS).filter((entry) => !existsSync(path.join(root, entry)));
  for (const entry of missing)
    console.error(`dist: ${entry} does not exist (see PROGRAMS in scripts/build-processes.mjs)`);
  if (missing.length > 0) process.exitCode = 1;
  else console.log(`dist: ${Object.keys(PROGRAMS).length} programs from ${files} files in ${Date.now() - started} ms`);
} else {
  console.log('dist: up to date');
}
