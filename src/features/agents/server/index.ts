import 'server-only';

export { chatCompletionInput } from '../chat.schema';
export { agentQueries } from './agent.queries';
export { agentRepository } from './agent.repository';
export { createAgentRoutes } from './agent.rest';
export { createAgentRouter } from './agent.router';
export { type AgentService, createAgentService } from './agent.service';
export { conversationQueries } from './conversation.queries';
export { conversationRepository } from './conversation.repository';
export type { ChatAnswer } from './use-cases/chat';
