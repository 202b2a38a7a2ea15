import net, { type AddressInfo } from 'node:net';

/** A TCP proxy that resets a connection after some bytes, once for each number in `cuts`; later ones live. */
export async function cuttingProxy(target: number, cuts: number[]) {
  const left = [...cuts];
  let resets = 0;
  const server = net.createServer((client) => {
    const upstream = net.connect(target, '127.0.0.1');
    let passed = 0;
    client.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      const cut = left[0];
      if (cut !== undefined && passed >= cut) {
        left.shift();
        resets++;
        client.resetAndDestroy();
        // What has passed arrives; a reset on this side would take it out of the receiver's buffers again.
        upstream.destroySoon();
        return;
      }
      if (!upstream.write(chunk)) client.pause();
    });
    upstream.on('drain', () => client.resume());
    upstream.pipe(client);
    client.on('end', () => upstream.end());
    client.on('error', () => upstream.destroySoon());
    client.on('close', () => upstream.destroySoon());
    upstream.on('error', () => client.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, resets: () => resets, close: () => server.close() };
}
