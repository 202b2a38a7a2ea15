import { testUploads } from '@/testing/embedded-uploads';
import { describeStorage } from '../storage-contract';
import { UploadThingStorage } from './uploadthing-storage';

// The adapter of UploadThing's cloud, with UploadThing's own SDK, against the storage that speaks the same protocol.
describeStorage('UploadThing through its SDK', async () => {
  const { uploads } = await testUploads();
  return new UploadThingStorage(uploads.config);
});
