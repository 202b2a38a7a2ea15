#!/usr/bin/env node
// `npm start`: everything that must work before any package is there. No dependencies, plain JavaScript.
// What follows (database, build, trainer, web app) is scripts/start/supervisor.ts.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Tuneloop needs Node 20.19 or newer, this is ${process.versions.node}. Install Node 24 from https://nodejs.org, then start again.`,
  );
  process.exit(1);
}

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));
try {
  const { prepareProject } = await import('./start/prepare.mjs');
  await prepareProject();
  const { register } = await import('tsx/esm/api');
  register();
  const { main } = await import('./start/supervisor.ts');
  await main(process.argv.slice(2));
} catch (error) {
  // Expected troubles carry their advice in the message; everything else deserves its stack.
  console.error(error.expected ? `\n${error.message}` : error);
  process.exit(1);
}
