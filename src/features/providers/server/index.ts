import 'server-only';

export { createProviderRouter } from './provider.router';
export type { Connection, OpenConnection, ProviderService } from './provider.service';
