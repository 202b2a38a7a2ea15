import 'server-only';

export { createProviderFunctions } from './provider.functions';
export { providerQueries } from './provider.queries';
export { providerRepository } from './provider.repository';
export { createProviderRouter } from './provider.router';
export { createProviderService, type OpenConnection, type ProviderService } from './provider.service';
