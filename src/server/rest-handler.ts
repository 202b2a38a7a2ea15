import 'server-only';
import { createRestDispatcher, type RestDispatcher } from '@/platform/rest/dispatch';
import { actorByKey, createTrpcContext } from './context';
import { restRoutes } from './rest-routes';

let dispatcher: RestDispatcher | undefined;

/** The REST door of this process; built with the first request. */
export function restHandler(): RestDispatcher {
  dispatcher ??= createRestDispatcher(restRoutes(), async ({ headers }, { session }) =>
    session ? (await createTrpcContext(headers)).actor : actorByKey(headers),
  );
  return dispatcher;
}
