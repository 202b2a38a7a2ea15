import { genUploader } from 'uploadthing/client';
import { onTestFinished, vi } from 'vitest';
import { type Actor, makeActor } from '@/lib/actor';
import { newId } from '@/lib/new-id';
import type { Permission } from '@/lib/permissions';
import { embeddedDoors } from '@/server/uploads/upload-doors';
import { createUploadRouter, type UploadRouter } from '@/server/uploads/upload-router';
import { cuttingProxy } from './cutting-proxy';
import { testUploads } from './embedded-uploads';
import { hostHandler } from './http-host';
import { xmlHttpRequestFor } from './xml-http-request';

type ImportFile = Parameters<typeof createUploadRouter>[0]['importFile'];
type ImportInput = Parameters<ImportFile>[1];

export const WORKSPACE = newId();
export const LINES = Buffer.from('{"messages":[{"role":"user","content":"hi"}]}\n'.repeat(100_000));

function person(id: string, allowed: Permission[] = ['datasets:write']): Actor {
  return makeActor({ kind: 'user', id, label: id, workspaceId: WORKSPACE, role: 'member', allowed });
}

/** An app with the real route handler, the real storage and real HTTP; only the import and the sign-in are given. */
export async function uploadApp(options: { importFile?: ImportFile; freeBytes?: number; cuts?: number[] } = {}) {
  const imports: { actor: Actor; input: ImportInput }[] = [];
  const importFile: ImportFile = async (actor, input) => {
    imports.push({ actor, input });
    return options.importFile ? options.importFile(actor, input) : { datasetId: newId(), versionId: newId() };
  };
  const people: Record<string, Actor> = { anna: person('anna'), bert: person('bert'), eve: person('eve', []) };
  const router = createUploadRouter({
    actorOf: async (headers) => people[headers.get('x-person') ?? ''] ?? null,
    freeBytes: async () => options.freeBytes ?? null,
    importFile,
  });
  const world = await testUploads();
  const doors = embeddedDoors(router, world);
  const host = await hostHandler((request) => {
    const { pathname } = new URL(request.url);
    const door = pathname.startsWith('/api/ut/') ? doors.storage : doors.route;
    return door ? door(request) : Promise.resolve(new Response(null, { status: 404 }));
  });
  const proxy = await cuttingProxy(host.port, options.cuts ?? []);
  onTestFinished(async () => {
    proxy.close();
    await host.close();
  });
  const { origin } = proxy;
  vi.stubGlobal('XMLHttpRequest', xmlHttpRequestFor(origin));
  onTestFinished(() => void vi.unstubAllGlobals());
  const uploader = (who: string | null) => {
    const { uploadFiles } = genUploader<UploadRouter>({
      url: `${origin}/api/uploadthing`,
      fetch: (input, init) => fetch(new URL(String(input), origin), init as RequestInit),
    });
    return (
      file: File,
      input: { uploadId: string; datasetId?: string; name?: string },
      onBytes?: (n: number) => void,
    ) =>
      uploadFiles('dataset', {
        files: [file],
        input,
        headers: who ? { 'x-person': who } : {},
        ...(onBytes && { onUploadProgress: ({ loaded }: { loaded: number }) => onBytes(loaded) }),
      }).then(([sent]) => {
        if (!sent) throw new Error('nothing was sent');
        return sent;
      });
  };
  return { ...world, imports, uploader, origin, proxy };
}

export const fileOf = (bytes: Buffer, name = 'train é.jsonl') =>
  new File([new Uint8Array(bytes)], name, { lastModified: 1_700_000_000_000 });
