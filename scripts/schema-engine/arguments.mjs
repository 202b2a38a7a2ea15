/**
 * @typedef {{ url?: string, shadowDatabaseUrl?: string }} Datasource
 * @typedef {{ datamodels: string[], datasource: Datasource, command: string | null, version: boolean }} Request
 */

/**
 * Reads the command line the Prisma CLI writes:
 * `[--datamodels FILE]… [--datasource JSON] [--other VALUE]… [cli [--datasource JSON] COMMAND]`.
 *
 * @param {string[]} words
 * @returns {Request}
 */
export function readArguments(words) {
  const request = { datamodels: [], datasource: {}, command: null, version: false };
  let isCommand = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === '--version' || word === '-V') request.version = true;
    else if (word === '--datamodels') request.datamodels.push(words[++at]);
    else if (word === '--datasource') request.datasource = JSON.parse(words[++at]);
    else if (word.startsWith('--')) at += 1;
    else if (word === 'cli') isCommand = true;
    else if (isCommand) request.command = word;
  }
  return request;
}
