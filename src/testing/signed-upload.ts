import { STORAGE_BASE } from '@/integrations/storage/embedded/address';
import { signUrl } from '@/integrations/storage/embedded/signed-url';

export interface UploadToSign {
  key: string;
  name?: string;
  size: number;
  slug?: string;
  customId?: string;
  acl?: string;
  expiresAt?: number;
}

/** An upload address as UploadThing's SDK makes it: values percent-encoded twice. */
export function signedUpload(apiKey: string, upload: UploadToSign): string {
  const { key, name = 'data.jsonl', size, slug, customId, acl, expiresAt = Date.now() + 60_000 } = upload;
  const url = new URL(`${STORAGE_BASE}/${key}`);
  const values = {
    'x-ut-identifier': 'app',
    'x-ut-file-name': name,
    'x-ut-file-size': String(size),
    'x-ut-file-type': 'blob',
    'x-ut-slug': slug,
    'x-ut-custom-id': customId,
    'x-ut-content-disposition': 'inline',
    'x-ut-acl': acl,
  };
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) url.searchParams.append(name, encodeURIComponent(value));
  }
  return signUrl(url.href, apiKey, expiresAt);
}
