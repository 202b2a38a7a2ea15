import { randomUUID } from 'node:crypto';
import type { ReleaseCreateInput } from '@/features/agents/agent.schema';
import type { AgentService } from '@/features/agents/server';
import type { Actor } from '@/lib/actor';
import { database } from '@/platform/db/database';
import { services } from '@/server/services';
import type { FakeOpenAi } from '../providers/openai/fake-openai';
import { makeTenant, type Tenant } from './tenant';

export const MODEL = 'gpt-4.1-mini-2025-04-14';
/** A second one that the fake answers with, so that one sees which release spoke. */
export const OTHER_MODEL = 'gpt-4o-mini-2024-07-18';

export interface AgentLab {
  tenant: Tenant;
  actor: Actor;
  agents: AgentService;
  connectionId: string;
  /** An agent of its own, with one active release of MODEL. */
  agent(overrides?: { systemPrompt?: string }): Promise<{ id: string; slug: string }>;
  release(agentId: string, input?: Partial<ReleaseCreateInput>): ReturnType<AgentService['createRelease']>;
  /** Asks and reads to the end. */
  ask(slug: string, text?: string, more?: object): Promise<{ text: string; conversationId: string }>;
}

/** The app's own services over the test database, with a connection that leads to the fake. */
export async function makeAgentLab(fake: FakeOpenAi): Promise<AgentLab> {
  const { agents, providers, budgets } = services();
  const tenant = await makeTenant();
  const { actor } = tenant.owner;
  const price = { provider: 'openai', model: MODEL, source: 'https://example.org/prices' };
  await budgets.setPrice(actor, { ...price, unit: 'input_token', nanoUsdPerUnit: 800n });
  await budgets.setPrice(actor, { ...price, unit: 'output_token', nanoUsdPerUnit: 3200n });
  const { id: connectionId } = await providers.create(actor, {
    ...{ kind: 'openai', label: 'Fake', baseUrl: fake.baseUrl, secret: fake.apiKey },
  });
  return {
    ...{ tenant, actor, agents, connectionId },
    agent: ({ systemPrompt = '' } = {}) => {
      const slug = `agent-${randomUUID().slice(0, 8)}`;
      const baseModel = { connectionId, id: MODEL };
      return agents.create(actor, { slug, name: 'Agent', systemPrompt, parameters: {}, baseModel });
    },
    release: (agentId, input) => agents.createRelease(actor, { agentId, ...input }),
    ask: async (slug, text = 'hello', more = {}) => {
      const input = { model: slug, messages: [{ role: 'user' as const, content: text }], ...more };
      const answer = await agents.chat(actor, { input, source: 'api', signal: new AbortController().signal });
      let heard = '';
      for await (const piece of answer.pieces) heard += piece.content ?? '';
      return { text: heard, conversationId: answer.conversationId };
    },
  };
}

export const conversationRow = (id: string) =>
  database().conversation.findUniqueOrThrow({ where: { id }, include: { messages: { orderBy: { seq: 'asc' } } } });
