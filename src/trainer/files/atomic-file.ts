import fs from 'node:fs';
import path from 'node:path';

/**
 * Replaces a file so that a crash at any moment leaves the old content or the new one: temporary file in the same
 * folder, fsync, rename. Throws the file system's error (for example ENOSPC) and removes the temporary file.
 */
export function writeFileAtomically(file: string, parts: readonly (string | Uint8Array)[]): void {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const descriptor = fs.openSync(temporary, 'w');
    try {
      for (const part of parts) writeFully(descriptor, typeof part === 'string' ? Buffer.from(part) : part);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** Same for a value stored as JSON. */
export function writeJsonAtomically(file: string, value: unknown): void {
  writeFileAtomically(file, [`${JSON.stringify(value)}\n`]);
}

/** Reads a JSON file; undefined when it does not exist or is not JSON. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Reads a file of JSON lines; a broken last line (the writer died) is left out, like any other broken line. */
export function readJsonLines(file: string): unknown[] {
  if (!fs.existsSync(file)) return [];
  const values: unknown[] = [];
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    try {
      values.push(JSON.parse(line));
    } catch {
      // cut off by a crash: what it reported is reported again after the resume
    }
  }
  return values;
}

/** Removes temporary files that a crash left behind in a folder. */
export function removeLeftovers(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    if (name.endsWith('.tmp')) fs.rmSync(path.join(folder, name), { force: true });
  }
}

function writeFully(descriptor: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += fs.writeSync(descriptor, bytes, done, bytes.length - done);
}
