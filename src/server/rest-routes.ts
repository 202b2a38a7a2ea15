import 'server-only';
import type { RestRoute } from '@/platform/rest/define-route';

/** Every REST endpoint of the product: the dispatcher and the OpenAPI document read this list. */
export const restRoutes = (): RestRoute[] => [];
