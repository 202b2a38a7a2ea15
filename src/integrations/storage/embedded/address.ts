/**
 * What URLs are signed for. Not a host of the network: the SDK's calls are answered in process and browsers get root-relative
 * addresses, so the same signature holds behind every name, port and proxy. "local" in it makes the SDK write http://.
 */
export const STORAGE_ORIGIN = 'http://storage.local';
/** Where the app mounts the storage. */
export const STORAGE_PATH = '/api/ut';
export const STORAGE_BASE = STORAGE_ORIGIN + STORAGE_PATH;

/** For browsers, which put their own origin before it. */
export const rootRelative = (url: string): string =>
  url.startsWith(STORAGE_ORIGIN) ? url.slice(STORAGE_ORIGIN.length) : url;

/** Address of a file's bytes, as UploadThing's SDK builds it with `ufsAppIdLocation: 'path'`. */
export const readUrl = (appId: string, key: string): string => `${STORAGE_BASE}/a/${appId}/${key}`;

export type Place = { kind: 'upload'; key: string } | { kind: 'read'; appId: string; key: string };

const NAME = '[A-Za-z0-9_-]{1,300}';
const UPLOAD = new RegExp(`^${STORAGE_PATH}/(${NAME})$`);
const READ = new RegExp(`^${STORAGE_PATH}/a/(${NAME})/(${NAME})$`);

/** What a path of the storage means; null for anything else. */
export function placeOf(pathname: string): Place | null {
  const upload = UPLOAD.exec(pathname)?.[1];
  if (upload) return { kind: 'upload', key: upload };
  const [, appId, key] = READ.exec(pathname) ?? [];
  return appId && key ? { kind: 'read', appId, key } : null;
}
