import { storableText } from '@/lib/storable-text';
import {
  CLOSED,
  type FailureClass,
  type FailureEvidence,
  isProviderFailure,
  ProviderFailure,
} from './provider-failure';

export interface FailureContext {
  /** What was being tried, in words that complete "could not …": `create the job`. */
  operation: string;
  /** How the provider is called on screen. */
  provider: string;
  /** The request would have had an effect that costs money: a missing answer then means that the outcome is unknown. */
  hasEffect?: boolean;
  /** Secrets of the request. Some servers quote the key in their error text; it must not travel on. */
  secrets?: readonly string[];
}

/** OpenAI: the organisation may not create fine-tuning jobs any more (providers wind the service down). */
const CLOSED_CODES = new Set(['training_not_available']);
/** A person has to pay or to raise a limit; waiting does not help. */
const QUOTA_CODES = new Set(['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active']);
/** The connection was never made, so the request cannot have had an effect. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

type Fields = Record<string, unknown>;
const asFields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const asText = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/**
 * Anything an OpenAI-shaped HTTP client throws, as a ProviderFailure. Reads the error by its fields (`status`, `error`,
 * `headers`, `code`), so it needs no SDK. Source: OpenAI's error body `{error:{message,type,param,code}}` and headers
 * `retry-after(-ms)`, `x-request-id`, in github.com/openai/openai-openapi; 422 `{detail:[{loc,msg}]}` of FastAPI servers.
 */
export function classifyFailure(error: unknown, context: FailureContext): ProviderFailure {
  if (isProviderFailure(error)) return error;
  const fields = asFields(error);
  const status = typeof fields.status === 'number' ? fields.status : null;
  const code = asText(fields.code);
  const type = asText(fields.type);
  const raw: FailureEvidence = {
    operation: context.operation,
    status,
    code,
    type,
    param: asText(fields.param),
    requestId: asText(fields.requestID),
    body: redact(fields.error ?? null, context.secrets),
  };
  const words = [code, type].filter((word) => word !== null);
  const closed = words.some((word) => CLOSED_CODES.has(word));
  const kind = closed ? 'forbidden' : classify(status, words, errorCodes(error), context.hasEffect === true);
  const said = providerText(fields, error, context.secrets);
  const retryAfterMs = retryAfter(fields.headers);
  return new ProviderFailure({
    class: kind,
    ...(closed ? { reason: CLOSED } : {}),
    message: explain(closed ? CLOSED : kind, status, said, context),
    raw,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    // Only what the network threw, and only without the key: fetch quotes a header that it does not like.
    cause: status === null && !holdsSecret(error, context.secrets) ? error : undefined,
  });
}

function classify(status: number | null, words: string[], codes: string[], hasEffect: boolean): FailureClass {
  if (words.some((word) => QUOTA_CODES.has(word))) return 'quota';
  if (status === null) {
    if (codes.some((each) => NEVER_SENT.has(each))) return 'transient';
    return hasEffect ? 'unknown_outcome' : 'transient';
  }
  if (status === 401) return 'auth';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 402) return 'quota';
  if (status === 429) return 'rate_limit';
  if (status === 408 || status >= 500) return hasEffect ? 'unknown_outcome' : 'transient';
  return 'invalid';
}

/** Codes of the error and its causes: fetch hides the real reason two levels down. */
function errorCodes(error: unknown): string[] {
  const codes: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current; depth++) {
    const code = asText(asFields(current).code);
    if (code) codes.push(code);
    const inner = asFields(current).errors;
    if (Array.isArray(inner)) for (const each of inner) codes.push(asText(asFields(each).code) ?? '');
    current = asFields(current).cause;
  }
  return codes;
}

function providerText(fields: Fields, error: unknown, secrets: readonly string[] = []): string {
  const body = asFields(fields.error);
  const detail = Array.isArray(body.detail) ? body.detail.map((each) => asText(asFields(each).msg)).join('; ') : null;
  const text = asText(body.message) ?? detail ?? asText(fields.message) ?? String(error);
  const codes = errorCodes(error).filter(Boolean);
  const hint = fields.status === undefined && codes.length > 0 ? ` (${codes.at(-1)})` : '';
  return `${storableText(redactText(text, secrets).slice(0, 500))}${hint}`;
}

function explain(
  kind: FailureClass | typeof CLOSED,
  status: number | null,
  said: string,
  { operation, provider }: FailureContext,
): string {
  const sentence = /[.!?]$/.test(said) ? said : `${said}.`;
  const answer = status === null ? `What happened: ${sentence}` : `${provider} said (${status}): ${sentence}`;
  switch (kind) {
    case 'auth':
      return `Could not ${operation}: the API key was not accepted. ${answer} Check or replace the key of this connection.`;
    case CLOSED:
      return `${provider} is closed to your organisation: it takes no new training jobs. ${answer} Choose another provider for training; models you already have keep answering until their retirement date.`;
    case 'forbidden':
      return `Could not ${operation}: the key may not do this. ${answer} Ask the owner of the account for the permission.`;
    case 'quota':
      return `Could not ${operation}: the account has no credit or quota left. ${answer} Raise the limit at the provider, then try again.`;
    case 'rate_limit':
      return `Could not ${operation} yet: too many requests. ${answer} It is tried again after a pause.`;
    case 'not_found':
      return `Could not ${operation}: ${provider} does not know it. ${answer} Check the id and the address of the connection.`;
    case 'invalid':
      return `Could not ${operation}: ${provider} refused the request. ${answer} Correct what it names, then try again.`;
    case 'transient':
      return `Could not ${operation}: ${provider} did not answer properly. ${answer} Nothing was changed there; it is safe to try again.`;
    case 'unknown_outcome':
      return `The answer to "${operation}" was lost, so it is unknown whether it happened. ${answer} Look at the provider before it is sent again.`;
  }
}

/** Milliseconds from `retry-after-ms` or `retry-after` (seconds or an HTTP date); null without a usable header. */
function retryAfter(headers: unknown): number | null {
  if (!(headers instanceof Headers)) return null;
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(exact)) return Math.max(0, exact);
  const value = headers.get('retry-after');
  if (value === null) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

function holdsSecret(error: unknown, secrets: readonly string[] = []): boolean {
  const texts: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current; depth++) {
    texts.push(String(current), asText(asFields(current).stack) ?? '');
    current = asFields(current).cause;
  }
  return secrets.some((secret) => texts.some((text) => text.includes(secret)));
}

function redactText(text: string, secrets: readonly string[] = []): string {
  const open = secrets
    .filter((secret) => secret.length >= 6)
    .reduce((out, secret) => out.replaceAll(secret, '[key]'), text);
  return storableText(open);
}

function redact(body: unknown, secrets: readonly string[] = []): unknown {
  if (body === null || body === undefined) return null;
  const text = JSON.stringify(body, (_key, value) => (typeof value === 'string' ? redactText(value, secrets) : value));
  return text.length <= 4000 ? JSON.parse(text) : storableText(text.slice(0, 4000));
}
