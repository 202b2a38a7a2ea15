import type { Page } from 'playwright';

export interface Collected {
  /** Scripts over the wire until the page's load event. */
  scriptBytes: number;
  /** Scripts that came after it: what is drawn late, and what links fetch ahead. */
  laterScriptBytes: number;
  requests: number;
  /** Procedures asked by the browser; a batch of three counts as three. */
  trpcCalls: number;
  lcpMs: number;
  cls: number;
}

const QUIET_MS = 700;

/** Opens an address in a fresh tab and waits until it is quiet. Bytes are those of the network, compressed, with headers. */
export async function collect(page: Page, address: string): Promise<Collected> {
  const figures = { scriptBytes: 0, laterScriptBytes: 0, requests: 0, trpcCalls: 0 };
  const scripts = new Map<string, boolean>();
  let loaded = false;
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  client.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    figures.requests++;
    if (type === 'Script') scripts.set(requestId, loaded);
    const procedures = /\/api\/trpc\/([^?]+)/.exec(request.url)?.[1];
    if (procedures) figures.trpcCalls += procedures.split(',').length;
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const late = scripts.get(requestId);
    if (late === undefined) return;
    figures[late ? 'laterScriptBytes' : 'scriptBytes'] += encodedDataLength;
  });
  page.on('load', () => {
    loaded = true;
  });
  await page.addInitScript(observe);
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForTimeout(QUIET_MS);
  // Pages with a live stream are never idle: they have had their time.
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined);
  const seen = await page.evaluate(() => (window as unknown as { seen: { lcp: number; cls: number } }).seen);
  return { ...figures, lcpMs: seen.lcp, cls: seen.cls };
}

/** Runs in the page before everything else. */
function observe(): void {
  const seen = { lcp: 0, cls: 0 };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.lcp = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
      if (!entry.hadRecentInput) seen.cls += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}
