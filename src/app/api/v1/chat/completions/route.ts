export { chatCompletions as POST } from '@/server/v1/chat-completions';
