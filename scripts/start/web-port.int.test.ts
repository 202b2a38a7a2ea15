import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { reachableHost, webPort } from './web-port';

const open: Server[] = [];

async function occupy(port: number, host: string): Promise<number> {
  const server = createServer();
  open.push(server);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return (server.address() as { port: number }).port;
}

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

describe('webPort', () => {
  it('refuses a port that was asked for and is taken, also on another address', async () => {
    const port = await occupy(0, '0.0.0.0');
    await expect(webPort({ port, host: '127.0.0.1' })).rejects.toThrow(`Port ${port} is in use by another program.`);
  });

  it('takes the next free one when none was asked for', async () => {
    await occupy(3000, '127.0.0.1').catch(() => {}); // somebody else may hold it already, which is as good
    expect(await webPort({ port: null, host: '127.0.0.1' })).toBeGreaterThan(3000);
  });

  it('names a host that is not of this machine', async () => {
    await expect(webPort({ port: null, host: '203.0.113.1' })).rejects.toThrow(/listen on 203.0.113.1 here.*HOST/);
  });
});

it.each([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '127.0.0.1'],
  ['::1', '[::1]'],
  ['192.0.2.7', '192.0.2.7'],
])('a server on %s is reached at %s', (host, expected) => {
  expect(reachableHost(host)).toBe(expected);
});
