// What a page costs to open: a fresh browser for each, against a running, built app. Figures and machine: docs/benchmarks.md.
//   npx tsx scripts/bench/pages.ts http://localhost:3000 [data folder, for the owner's password]
// CHROMIUM_PATH names the browser.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { type Collected, collect } from './page-figures';

const BUDGET = { scriptBytes: 200_000, lcpMs: 1000 };
const ROUNDS = 3;
const [url = 'http://localhost:3000', dataDir = '.data'] = process.argv.slice(2);
const F = '/dashboard/fine-tuning';

type Session = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>;

async function signIn(browser: Browser): Promise<Session> {
  const context = await browser.newContext({ baseURL: url });
  const { csrfToken } = (await (await context.request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const password = readFileSync(path.join(dataDir, 'owner-password.txt'), 'utf8').trim();
  const email = process.env.TUNELOOP_OWNER_EMAIL ?? 'owner@tuneloop.local';
  await context.request.post('/api/auth/callback/credentials', { form: { email, password, csrfToken, json: 'true' } });
  return context.storageState();
}

/** The newest thing of each list, for the pages of single things; a page without a thing is left out. */
async function pagesOf(browser: Browser, storageState: Session): Promise<string[]> {
  const context = await browser.newContext({ baseURL: url, storageState });
  const newest = async (noun: string): Promise<string | undefined> => {
    const answer = await context.request.get(
      `/api/trpc/${noun}.list?input=${encodeURIComponent('{"json":{"limit":1}}')}`,
    );
    const body = (await answer.json()) as { result?: { data: { json: { items: { id: string }[] } } } };
    return body.result?.data.json.items[0]?.id;
  };
  const single: string[] = [];
  for (const noun of ['datasets', 'jobs', 'models', 'agents']) {
    const id = await newest(noun);
    if (id) single.push(`${F}/${noun}/${id}`);
  }
  await context.close();
  const lists = ['', '/datasets', '/jobs', '/jobs/new', '/models', '/agents', '/providers', '/budgets'];
  return [...lists.map((one) => F + one), '/dashboard/settings', '/dashboard/ops', ...single];
}

async function visit(browser: Browser, storageState: Session | undefined, address: string): Promise<Collected> {
  const context = await browser.newContext({ baseURL: url, ...(storageState && { storageState }) });
  const page: Page = await context.newPage();
  const figures = await collect(page, address);
  await context.close();
  return figures;
}

const ratio = (value: number, budget: number): string => `${(value / budget).toFixed(2)} ×`;
const kB = (bytes: number): string => (bytes / 1000).toFixed(0);
const middle = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
try {
  const session = await signIn(browser);
  console.log(
    '| page | script, kB gzip | of 200 kB | loaded later, kB | requests | tRPC calls | LCP, ms | of 1 s | CLS |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const address of ['/login', ...(await pagesOf(browser, session))]) {
    // The first visit only warms the server.
    await visit(browser, address === '/login' ? undefined : session, address);
    const rounds: Collected[] = [];
    for (let round = 0; round < ROUNDS; round++)
      rounds.push(await visit(browser, address === '/login' ? undefined : session, address));
    const [first] = rounds;
    if (!first) break;
    const lcp = middle(rounds.map(({ lcpMs }) => lcpMs));
    const cls = Math.max(...rounds.map((one) => one.cls));
    const name = address
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '[id]')
      .replace(F, '…')
      .replace('/dashboard', '');
    const cells = [
      name,
      kB(first.scriptBytes),
      ratio(first.scriptBytes, BUDGET.scriptBytes),
      kB(first.laterScriptBytes),
    ];
    cells.push(
      String(first.requests),
      String(first.trpcCalls),
      lcp.toFixed(0),
      ratio(lcp, BUDGET.lcpMs),
      cls.toFixed(3),
    );
    console.log(`| ${cells.join(' | ')} |`);
  }
} finally {
  await browser.close();
}
