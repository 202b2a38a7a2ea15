import 'server-only';
import { env } from '@/env';
import { processState } from '@/platform/process/process-state';
import { storageIdentity } from '@/platform/upload/storage-identity';
import { createTrpcContext } from '../context';
import { installationSecret } from '../installation-secret';
import { services } from '../services';
import { cloudConfig, embeddedFiles } from '../storage';
import { cloudDoors, embeddedDoors, type UploadDoors } from './upload-doors';
import { createUploadRouter } from './upload-router';

const shared = processState<{ uploadDoors?: UploadDoors }>();

/** Made with the first request, never at import: a build has no secret and must leave no folder. */
export function uploadDoors(): UploadDoors {
  shared.uploadDoors ??= build();
  return shared.uploadDoors;
}

function build(): UploadDoors {
  const router = createUploadRouter({
    actorOf: async (headers) => (await createTrpcContext(headers)).actor,
    freeBytes: async () => (await services().storage.health()).freeBytes,
    importFile: (actor, input) => services().datasets.importFile(actor, input),
  });
  if (env.UPLOADTHING_TOKEN) return cloudDoors(router, cloudConfig(env.UPLOADTHING_TOKEN));
  return embeddedDoors(router, { ...embeddedFiles(), identity: storageIdentity(installationSecret()) });
}
