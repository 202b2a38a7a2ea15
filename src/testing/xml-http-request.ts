import http from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

type Listener = (event: { loaded: number }) => void;

/** As much of XMLHttpRequest as UploadThing's client uses, over node:http; relative addresses belong to `origin`. */
export function xmlHttpRequestFor(origin: string) {
  return class {
    status = 0;
    statusText = '';
    response: unknown = null;
    responseType = '';
    private readonly listeners = new Map<string, Listener[]>();
    private readonly headers: Record<string, string> = {};
    private target = new URL(origin);
    private method = 'GET';
    private request: http.ClientRequest | undefined;
    readonly upload = {
      addEventListener: (name: string, listener: Listener) => this.listen(`upload.${name}`, listener),
    };

    open(method: string, url: string): void {
      this.method = method;
      this.target = new URL(url, origin);
    }

    setRequestHeader(name: string, value: string): void {
      this.headers[name] = value;
    }

    addEventListener(name: string, listener: Listener): void {
      this.listen(name, listener);
    }

    abort(): void {
      this.request?.destroy();
    }

    send(form: FormData): void {
      const encoded = new Response(form);
      const headers = { ...this.headers, 'content-type': encoded.headers.get('content-type') ?? '' };
      const request = http.request(this.target, { method: this.method, headers, agent: false });
      this.request = request;
      let failed = false;
      const fail = (): void => {
        if (!failed && this.status === 0) this.emit('error', 0);
        failed = true;
      };
      request.on('error', fail);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          this.status = response.statusCode ?? 0;
          this.statusText = response.statusMessage ?? '';
          this.response = JSON.parse(Buffer.concat(chunks).toString() || 'null');
          this.emit('load', 0);
        });
      });
      let loaded = 0;
      const body = Readable.fromWeb(encoded.body as NodeReadableStream<Uint8Array>);
      body.on('data', (chunk: Uint8Array) => {
        loaded += chunk.byteLength;
        this.emit('upload.progress', loaded);
      });
      body.on('error', fail);
      body.pipe(request);
    }

    private listen(name: string, listener: Listener): void {
      this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
    }

    private emit(name: string, loaded: number): void {
      for (const listener of this.listeners.get(name) ?? []) listener({ loaded });
    }
  };
}
