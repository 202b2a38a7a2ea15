// `npm run openapi`: writes docs/openapi.json from the route table. With --check: fails when the file is out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument } from '../src/server/openapi-document';

const file = path.resolve(import.meta.dirname, '../docs/openapi.json');
const wanted = `${JSON.stringify(openApiDocument(), null, 2)}\n`;
const isCurrent = existsSync(file) && readFileSync(file, 'utf8') === wanted;

if (process.argv.includes('--check')) {
  if (!isCurrent) console.error('docs/openapi.json is not what the routes say. Run: npm run openapi');
  process.exit(isCurrent ? 0 : 1);
}
if (!isCurrent) writeFileSync(file, wanted);
console.log(isCurrent ? 'docs/openapi.json is up to date.' : 'docs/openapi.json written.');
process.exit(0);
