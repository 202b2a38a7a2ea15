import { createHmac, timingSafeEqual } from 'node:crypto';
import { IngestError } from './ingest-error';

/** What the signature of an upload URL vouches for. */
export interface UploadTicket {
  key: string;
  name: string;
  size: number;
  type: string;
  slug: string | null;
  customId: string | null;
  acl: string | null;
  contentDisposition: string;
}

const PREFIX = 'hmac-sha256=';
const CUT = '&signature=';

export const signText = (text: string, apiKey: string): string =>
  PREFIX + createHmac('sha256', apiKey).update(text).digest('hex');

export function equalSecrets(given: string, wanted: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Appends expiry and signature the way UploadThing's SDK does: over the whole URL, origin included. */
export function signUrl(url: string, apiKey: string, expiresAt: number): string {
  const signed = new URL(url);
  signed.searchParams.append('expires', String(expiresAt));
  signed.searchParams.append('signature', signText(signed.toString(), apiKey));
  return signed.href;
}

/**
 * Checks signature and expiry over the raw query with the configured origin (never the Host header: that is the client's word).
 * Throws IngestError 403.
 */
export function verifySignedUrl(options: { url: URL; origin: string; apiKey: string; now: number }): URLSearchParams {
  const { url, origin, apiKey, now } = options;
  const at = url.search.lastIndexOf(CUT);
  if (at < 0)
    throw new IngestError(403, 'This address is not signed. Ask for a new one by starting again from the app.');
  const given = decodeQuietly(url.search.slice(at + CUT.length));
  const wanted = signText(origin + url.pathname + url.search.slice(0, at), apiKey);
  if (!equalSecrets(given, wanted))
    throw new IngestError(403, 'The signature of this address is not valid here. Start again from the app.');
  const params = new URLSearchParams(url.search.slice(0, at));
  const expires = Number(params.get('expires'));
  if (!(expires > now)) throw new IngestError(403, 'This address has expired. Start again: what has arrived is kept.');
  return params;
}

function decodeQuietly(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Reads a verified upload URL. Values are percent-encoded twice by the SDK. */
export function readTicket(key: string, params: URLSearchParams): UploadTicket {
  const value = (name: string): string | null => {
    const raw = params.get(`x-ut-${name}`);
    return raw === null ? null : decodeQuietly(raw);
  };
  const size = Number(value('file-size'));
  const name = value('file-name');
  if (name === null || !Number.isSafeInteger(size) || size < 0)
    throw new IngestError(400, 'This address names no file or size. Start again from the app.');
  return {
    key,
    name,
    size,
    type: value('file-type') ?? 'blob',
    slug: value('slug'),
    customId: value('custom-id'),
    acl: value('acl'),
    contentDisposition: value('content-disposition') ?? 'inline',
  };
}
