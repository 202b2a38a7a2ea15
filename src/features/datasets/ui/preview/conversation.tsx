import { GraduationCap, Wrench } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { formatCount } from '@/lib/format';
import type { ExampleDetail } from '../../dataset.schema';
import type { ExampleTokens } from '../../example-tokens.schema';
import { readable, roleName } from '../prepare-message';
import { TokenText } from './token-text';

type Message = ExampleDetail['messages'][number];

interface ConversationProps {
  messages: readonly Message[];
  /** Where tokens end; undefined while that is not known. */
  tokens: ExampleTokens | undefined;
  /** Marks each token. */
  marked: boolean;
}

/** An example as people talk: who says what, and which answers the model learns to give. */
export function Conversation({ messages, tokens, marked }: ConversationProps) {
  return (
    <ol className="space-y-3">
      {messages.map((message, index) => {
        const counted = tokens?.messages[index];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the messages of an example never change their order
          <li key={index} className={cn('border-l-2 pl-3', message.trained && 'border-accent')}>
            <div className="mb-0.5 flex flex-wrap items-center gap-2 text-sm">
              <span className="font-medium">{roleName(message)}</span>
              {message.trained && (
                <Badge tone="info">
                  <GraduationCap aria-hidden />
                  trained on
                </Badge>
              )}
              {message.role === 'assistant' && !message.trained && <Badge>only shown</Badge>}
              {counted && (
                <span className="ml-auto text-faint">
                  {formatCount(counted.tokens)} {counted.tokens === 1 ? 'token' : 'tokens'}
                </span>
              )}
            </div>
            {marked && counted && counted.ends.length > 0 ? (
              <TokenText parts={message.parts} ends={counted.ends} trained={message.trained} />
            ) : (
              <Parts parts={message.parts} />
            )}
            {message.toolCalls.map((call, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: calls never change their order
              <div key={at} className="mt-2 rounded-md border bg-sunken p-2">
                <p className="flex items-center gap-1.5 font-mono text-xs">
                  <Wrench aria-hidden className="size-3.5 text-faint" />
                  {call.name}
                </p>
                <Text text={call.arguments} />
              </div>
            ))}
          </li>
        );
      })}
    </ol>
  );
}

/** The parts of a message, which together are one text to the model, with a line between them. */
function Parts({ parts }: Pick<Message, 'parts'>) {
  return (
    <div>
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a message never change their order
        <div key={at} className="not-first:mt-1.5 not-first:border-t not-first:border-dashed not-first:pt-1.5">
          <Text text={part} />
        </div>
      ))}
    </div>
  );
}

function Text({ text }: { text: string }) {
  if (text === '') return null;
  const shown = readable(text);
  return (
    <p className={cn('whitespace-pre-wrap break-words', shown.json && 'font-mono text-xs leading-5')}>{shown.text}</p>
  );
}
