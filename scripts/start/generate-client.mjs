// Generates the Prisma client when the schema, or a package, has changed since the last time.
// `npm install` runs this as a program; `npm start` and `npm test` look once more, for the schema may be newer.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const GENERATED = 'src/platform/db/generated';

function schemaFingerprint() {
  const hash = createHash('sha256').update(readFileSync('package-lock.json'));
  for (const file of readdirSync('prisma/schema').sort())
    hash.update(file).update(readFileSync(`prisma/schema/${file}`));
  return hash.digest('hex');
}

/** Runs in the project's folder. @throws Error (`expected`) with what Prisma said */
export async function generateClient() {
  const stamp = `${GENERATED}/fingerprint.txt`;
  const wanted = schemaFingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Generating the Prisma client');
  const env = { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  try {
    await promisify(execFile)(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], { env });
  } catch (error) {
    const said = `${error.stdout ?? ''}${error.stderr ?? ''}` || error.message;
    throw Object.assign(new Error(`prisma generate failed\n${said}`), { expected: true });
  }
  writeFileSync(stamp, wanted);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await generateClient();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
