import { DiskSpace } from '@/integrations/storage/embedded/disk-space';
import { embeddedUploads } from '@/integrations/storage/embedded/embedded-uploads';
import { FileStore } from '@/integrations/storage/embedded/file-store';
import { storageIdentity } from '@/platform/upload/storage-identity';
import { hostHandler } from './http-host';

// A storage in a process of its own, to be killed: prints its port and serves the folder until then.
const [dir = '', secret = ''] = process.argv.slice(2);
const store = new FileStore(dir);
const uploads = embeddedUploads({
  store,
  space: new DiskSpace({ store }),
  identity: storageIdentity(secret),
  route: () => Promise.resolve(new Response(null)),
});
const { port } = await hostHandler(uploads.handle);
process.stdout.write(`${port}\n`);
