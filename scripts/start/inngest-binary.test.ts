import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inngestBinary } from './inngest-binary';

let root: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'tuneloop-inngest-'));
  const bin = path.join(root, 'node_modules/inngest-cli/bin');
  mkdirSync(bin, { recursive: true });
  file = path.join(bin, process.platform === 'win32' ? 'inngest.exe' : 'inngest');
});
afterEach(() => rmSync(root, { recursive: true }));

test('without the optional package there is no server', () => {
  expect(inngestBinary(root)).toBeNull();
});

test('the script that stands in until the download is no server', () => {
  writeFileSync(file, '#!/usr/bin/env node\nconsole.error("Inngest CLI binary not found.")\n');
  expect(inngestBinary(root)).toBeNull();
});

test('the downloaded program is one', () => {
  writeFileSync(file, Buffer.from([0x7f, 0x45, 0x4c, 0x46]));
  expect(inngestBinary(root)).toBe(file);
});
