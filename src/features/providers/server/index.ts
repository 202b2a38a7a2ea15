import 'server-only';

export type { Connection, OpenConnection, ProviderService } from './provider.service';
