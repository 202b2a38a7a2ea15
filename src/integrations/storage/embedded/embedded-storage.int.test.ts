import { testUploads } from '@/testing/embedded-uploads';
import { describeStorage } from '../storage-contract';

describeStorage('the embedded storage', async () => (await testUploads()).storage);
