import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { DemoClient } from './client';

let server: Server;
afterEach(() => server.close());

/** An installation that answers each request with what `reply` says. */
async function installation(reply: (request: { url: string; body: string; auth: string }) => [number, unknown]) {
  server = createServer(async (request, response) => {
    const { url = '', headers } = request;
    const [status, body] = reply({ url, body: await text(request), auth: headers.authorization ?? '' });
    response.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new DemoClient(`http://127.0.0.1:${(server.address() as { port: number }).port}`, 'tl_key');
}

it('sends a file as a form, byte for byte', async () => {
  const file = path.join(mkdtempSync(path.join(process.env.TUNELOOP_TEST_DIR ?? '', 'demo-')), 'a.jsonl');
  const content = `{"messages":[]}\n`.repeat(20_000);
  writeFileSync(file, content);
  let received = '';
  const client = await installation(({ body, auth }) => {
    const boundary = body.slice(2, body.indexOf('\r\n'));
    void new Response(body, { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } })
      .formData()
      .then(async (form) => {
        const part = form.get('file');
        received = part instanceof File ? `${part.name} ${await part.text()}` : String(part);
      });
    return [202, { auth }];
  });
  const answer = await client.upload(z.object({ auth: z.string() }), '/upload', { path: file, name: 'a.jsonl' });
  expect(answer).toEqual({ auth: 'Bearer tl_key' });
  await expect.poll(() => received === `a.jsonl ${content}`).toBe(true);
});

it('hands on what a refusal says, at once', async () => {
  const client = await installation(() => [402, { detail: 'This would go over the budget.' }]);
  const launched = client.post(z.object({}), '/api/fine-tuning/jobs', {}, 'key');
  await expect(launched).rejects.toThrow('POST /api/fine-tuning/jobs answered 402: This would go over the budget.');
});

it('names the door whose answer is not what it was', async () => {
  const client = await installation(() => [200, { id: 7 }]);
  await expect(client.get(z.object({ id: z.string() }), '/door')).rejects.toThrow(
    /GET \/door answered something unexpected/,
  );
});
