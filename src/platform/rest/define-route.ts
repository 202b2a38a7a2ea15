import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import type { Permission } from '@/lib/permissions';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

type Parsed<S> = S extends z.ZodType ? z.infer<S> : undefined;

export interface RouteInput<P, Q, B> {
  actor: Actor;
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  /** The raw request, for routes that read the body themselves (uploads). */
  request: Request;
}

export interface RouteOptions<P, Q, B, O extends z.ZodType> {
  method: Method;
  /** OpenAPI path with `{placeholders}`. */
  path: string;
  summary: string;
  description?: string;
  tag: string;
  permission?: Permission;
  params?: P;
  query?: Q;
  body?: B;
  /** The handler reads `request.body` as a stream; the value lists the content types it takes. */
  rawBody?: readonly string[];
  /** The handler gives a response of its own, a file of one of these content types. */
  rawOutput?: readonly string[];
  /** People may come with their session too, by a link: only for what reads. */
  session?: true;
  output: O;
  status?: number;
  handle(input: RouteInput<P, Q, B>): Promise<z.input<O>>;
}

/** A route with its types erased: what the dispatcher and the OpenAPI generator read. */
export interface RestRoute {
  method: Method;
  path: string;
  summary: string;
  description?: string;
  tag: string;
  permission?: Permission;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  rawBody?: readonly string[];
  rawOutput?: readonly string[];
  session?: true;
  output: z.ZodType;
  status: number;
  handle(input: RouteInput<z.ZodType, z.ZodType, z.ZodType>): Promise<unknown>;
}

/** One REST endpoint: a thin door over a use case, with the same zod schemas as the tRPC door. */
export function defineRoute<
  O extends z.ZodType,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(route: RouteOptions<P, Q, B, O>): RestRoute {
  return { status: 200, ...route } as unknown as RestRoute;
}
