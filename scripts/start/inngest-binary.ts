import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';

/**
 * The Inngest server's program, or null. Its package ships a script in the program's place that the download of its
 * install step replaces; where that step was skipped or could not download, the script stays and can only complain.
 */
export function inngestBinary(root: string): string | null {
  const name = process.platform === 'win32' ? 'inngest.exe' : 'inngest';
  const file = path.join(root, 'node_modules/inngest-cli/bin', name);
  return isScript(file) === false ? file : null;
}

/** null = nothing to read there. */
function isScript(file: string): boolean | null {
  const start = Buffer.alloc(2);
  try {
    const descriptor = openSync(file, 'r');
    try {
      readSync(descriptor, start);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
  return start.toString('latin1') === '#!';
}
