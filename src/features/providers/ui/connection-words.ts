import type { Tone } from '@/components/ui/badge';
import type { ConnectionHealth, ConnectionKind } from '../provider.schema';

export const kindLabels: Record<ConnectionKind, string> = {
  builtin: 'Built-in trainer',
  openai: 'OpenAI',
  openai_compatible: 'OpenAI-compatible server',
};

export const healthWords: Record<ConnectionHealth, { tone: Tone; text: string }> = {
  unknown: { tone: 'neutral', text: 'not checked' },
  healthy: { tone: 'good', text: 'healthy' },
  degraded: { tone: 'warn', text: 'degraded' },
  down: { tone: 'bad', text: 'down' },
  closed: { tone: 'warn', text: 'takes no jobs' },
};
