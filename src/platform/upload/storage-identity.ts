import { hkdfSync } from 'node:crypto';

export interface StorageIdentity {
  /** Signs uploads, reads and callbacks; begins with sk_ as UploadThing's SDK demands. */
  apiKey: string;
  /** Part of every key and read URL; not secret. */
  appId: string;
  /** What UPLOADTHING_TOKEN would be if this storage were UploadThing's. */
  token: string;
}

const derive = (secret: string, purpose: string, bytes: number): string =>
  Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'hex'), '', `tuneloop/${purpose}`, bytes)).toString('hex');

/** The embedded storage's credentials, made from the installation's secret (64 hex digits): the same in every process. */
export function storageIdentity(secret: string): StorageIdentity {
  if (!/^[0-9a-f]{64}$/i.test(secret)) throw new Error('The installation secret has to be 64 hex digits.');
  const apiKey = `sk_live_${derive(secret, 'storage-key', 32)}`;
  const appId = derive(secret, 'storage-app', 6);
  const token = Buffer.from(JSON.stringify({ apiKey, appId, regions: ['local'] })).toString('base64');
  return { apiKey, appId, token };
}
