// Compiles assembly/rows into the module that imports use. See assembly/README.md.
//   node scripts/build-wasm.mjs
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const COMPILER = 'assemblyscript@0.28.20';
const OPTIONS = ['--runtime', 'stub', '--noAssert', '-O3', '--enable', 'bulk-memory,simd', '--initialMemory', '3000'];
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const sources = path.join(root, 'assembly/rows');
const target = path.join(root, 'src/features/datasets/server/import/o200k/engine-wasm.ts');

const hash = createHash('sha256');
for (const name of readdirSync(sources).sort()) hash.update(`${name}\0`).update(readFileSync(path.join(sources, name)));

const folder = mkdtempSync(path.join(tmpdir(), 'tuneloop-wasm-'));
try {
  const output = path.join(folder, 'tokens.wasm');
  execFileSync('npx', ['--yes', '--package', COMPILER, 'asc', 'assembly/rows/index.ts', ...OPTIONS, '-o', output], {
    cwd: root,
    stdio: 'inherit',
  });
  const module = readFileSync(output);
  writeFileSync(
    target,
    `// Made by scripts/build-wasm.mjs from assembly/rows. Do not edit.
/** sha256 of the sources, so that a test can tell whether they are the ones this was made from. */
export const SOURCES_SHA256 = '${hash.digest('hex')}';
export const MODULE_BASE64 =
  '${module.toString('base64')}';
`,
  );
  console.log(`${path.relative(root, target)}: ${module.length} bytes`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
