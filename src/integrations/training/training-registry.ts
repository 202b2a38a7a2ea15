import { AppError } from '@/lib/app-error';
import type { ProviderSettings } from '../provider-settings';
import type { Capabilities, TrainingProvider } from './training-port';

export interface TrainingFactory {
  caps: Capabilities;
  /** Its public address, when it has one; null = a connection must say. */
  baseUrl: string | null;
  make(settings: ProviderSettings): TrainingProvider;
}

/** Which adapter serves which kind of connection. The composition root fills it; slices only ask it. */
export interface TrainingRegistry {
  kinds(): string[];
  get(kind: string): TrainingFactory;
}

export function createTrainingRegistry(factories: Record<string, TrainingFactory>): TrainingRegistry {
  return {
    kinds: () => Object.keys(factories),
    get: (kind) => {
      const factory = factories[kind];
      if (factory) return factory;
      throw new AppError({
        kind: 'precondition_failed',
        reason: 'providers.kind_unknown',
        message: `This installation has no adapter for provider kind "${kind}". Update Tuneloop, or remove the connection.`,
      });
    },
  };
}
