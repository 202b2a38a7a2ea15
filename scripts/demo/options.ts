import { parseArgs } from 'node:util';
import { ExpectedError } from '../start/say';

export const USAGE = `npm run demo [-- --json] [--url URL --key KEY]
  --json       print one machine-readable line at the end; everything else goes to stderr
  --url, --key use this installation; otherwise the one on the data folder, which is started if it does not run`;

export interface DemoOptions {
  json: boolean;
  help: boolean;
  /** An installation to use, without a slash at the end. */
  target: { url: string; key: string } | null;
}

/** Reads the command line. @throws ExpectedError that says what is wrong and how to call it */
export function readDemoOptions(args: readonly string[]): DemoOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        url: { type: 'string' },
        key: { type: 'string' },
      },
    });
    const { url, key } = values;
    if (!url !== !key) throw new Error('--url and --key go together: an API key belongs to one installation.');
    if (url && !URL.canParse(url)) throw new Error(`"${url}" is not an address. Example: http://127.0.0.1:3000`);
    const target = url && key ? { url: url.replace(/\/+$/, ''), key } : null;
    return { json: values.json, help: values.help, target };
  } catch (error) {
    throw new ExpectedError(`${(error as Error).message}\nUse: ${USAGE}`);
  }
}
