// What the commands of package.json begin with: the right Node, the project's folder, its packages, TypeScript.
import './node-version.mjs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Prepares the checkout, then runs `main` of a TypeScript module with the command line's words.
 *
 * @param {() => Promise<{ main: (args: readonly string[]) => Promise<void> }>} load
 */
export async function launch(load) {
  process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));
  try {
    const { prepareProject } = await import('./start/prepare.mjs');
    await prepareProject();
    const { register } = await import('tsx/esm/api');
    register();
    const { main } = await load();
    await main(process.argv.slice(2));
  } catch (error) {
    // Expected troubles carry their advice in the message; everything else deserves its stack.
    console.error(error.expected ? `\n${error.message}` : error);
    process.exit(1);
  }
}
