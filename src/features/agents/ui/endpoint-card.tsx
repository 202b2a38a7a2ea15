'use client';

import Link from 'next/link';
import { useState, useSyncExternalStore } from 'react';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { SegmentedControl } from '@/components/ui/segmented-control';

type Language = 'curl' | 'typescript' | 'python';

const languages = [
  { value: 'curl', label: 'curl' },
  { value: 'typescript', label: 'TypeScript' },
  { value: 'python', label: 'Python' },
] as const;

const never = () => () => undefined;

/** How callers reach the agent, ready to copy. Any OpenAI SDK works: only the address and the key differ. */
export function EndpointCard({ slug }: { slug: string }) {
  const [language, setLanguage] = useState<Language>('curl');
  // The address the person really uses, which the server cannot know behind a proxy.
  const origin = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => 'http://127.0.0.1:3000',
  );
  return (
    <Card
      title="Endpoint"
      actions={
        <SegmentedControl aria-label="Language" options={languages} value={language} onValueChange={setLanguage} />
      }
    >
      <CodeBlock code={snippet(language, origin, slug)} title="call this agent" />
      <p className="mt-2 text-muted text-sm">
        Keys are made under{' '}
        <Link href="/dashboard/settings?tab=keys" className="text-accent underline">
          Settings → API keys
        </Link>
        . The slug stays when the model behind it changes.
      </p>
    </Card>
  );
}

function snippet(language: Language, origin: string, slug: string): string {
  switch (language) {
    case 'curl':
      return `curl ${origin}/api/v1/chat/completions \\
  -H "Authorization: Bearer $TUNELOOP_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "${slug}", "messages": [{"role": "user", "content": "Hello"}]}'`;
    case 'typescript':
      return `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${origin}/api/v1', apiKey: process.env.TUNELOOP_API_KEY });
const answer = await client.chat.completions.create({
  model: '${slug}',
  messages: [{ role: 'user', content: 'Hello' }],
});`;
    case 'python':
      return `import os
from openai import OpenAI

client = OpenAI(base_url="${origin}/api/v1", api_key=os.environ["TUNELOOP_API_KEY"])
answer = client.chat.completions.create(
    model="${slug}",
    messages=[{"role": "user", "content": "Hello"}],
)`;
  }
}
