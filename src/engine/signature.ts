import { createHmac } from 'node:crypto';
import type { Json } from './protocol';

/** RFC 8785 canonical JSON: keys sorted by UTF-16 code units, no white space. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

/**
 * The `x-inngest-signature` header: HMAC-SHA256 over canonical body + time, as the SDK verifies it (300 s window).
 *
 * @param body what the SDK will see after parsing the request
 * @param now epoch milliseconds
 */
export function signRequest(body: Json, signingKey: string, now: number): string {
  const seconds = Math.floor(now / 1000).toString();
  const key = signingKey.replace(/^signkey-\w+-/, '');
  const digest = createHmac('sha256', key).update(canonicalJson(body)).update(seconds).digest('hex');
  return `t=${seconds}&s=${digest}`;
}
