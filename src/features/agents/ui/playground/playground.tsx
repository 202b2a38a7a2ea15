'use client';

import { Columns2, MessageSquareText } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Select } from '@/components/ui/select';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { AgentDetail, ReleaseSummary } from '../../agent.schema';
import { ChatColumn } from './chat-column';
import { Composer } from './composer';
import { useChat } from './use-chat';

const nameOf = (release: ReleaseSummary): string => `Release ${release.number} · ${release.target.label}`;

/** Talks to the agent as a caller would; a second column asks another release the same things. */
export function Playground({ agent }: { agent: AgentDetail }) {
  const utils = trpc.useUtils();
  const calls = useMay('agents:call');
  const others = agent.releases.filter((release) => !release.active);
  const [candidateId, setCandidateId] = useState<string | null>(null);
  const candidate = others.find((release) => release.id === candidateId) ?? null;
  const current = useChat({ slug: agent.slug, releaseId: '' });
  const compared = useChat({ slug: agent.slug, releaseId: candidate?.id ?? '' });
  const busy = current.busy || compared.busy;

  if (!agent.active) {
    return (
      <Card>
        <EmptyState
          icon={<MessageSquareText />}
          actions={
            <Button asChild variant="primary">
              <Link href="/dashboard/fine-tuning/models">Choose a model</Link>
            </Button>
          }
        >
          No model answers yet. Deploy one to this agent, then talk to it here.
        </EmptyState>
      </Card>
    );
  }

  async function send(text: string) {
    await Promise.all([current.send(text), candidate && compared.send(text)]);
    await Promise.all([
      utils.agents.conversations.invalidate({ agentId: agent.id }),
      utils.agents.analytics.invalidate({ agentId: agent.id }),
    ]);
  }

  const hint = 'Ask a question of the kind the model was trained for.';
  return (
    <Card flush>
      <div className={candidate ? 'grid divide-line max-md:divide-y md:grid-cols-2 md:divide-x' : ''}>
        <ChatColumn
          label="Current release"
          header={
            <div className="flex min-h-7 items-center justify-between gap-2 text-sm">
              <span className="truncate font-medium">{nameOf(agent.active)}</span>
              {!candidate && others.length > 0 && (
                <Button size="sm" variant="ghost" onClick={() => setCandidateId(others[0]?.id ?? null)}>
                  <Columns2 /> Compare
                </Button>
              )}
            </div>
          }
          turns={current.turns}
          busy={current.busy}
          empty={hint}
        />
        {candidate && (
          <ChatColumn
            label="Candidate release"
            header={
              <div className="flex min-h-7 items-center gap-2">
                <Select
                  size="sm"
                  aria-label="Release to compare with"
                  options={others.map((release) => ({ value: release.id, label: nameOf(release) }))}
                  value={candidate.id}
                  onValueChange={(id) => {
                    compared.clear();
                    setCandidateId(id);
                  }}
                />
                <Button size="sm" variant="ghost" onClick={() => setCandidateId(null)}>
                  Close
                </Button>
              </div>
            }
            turns={compared.turns}
            busy={compared.busy}
            empty="The same questions go to this release."
          />
        )}
      </div>
      {calls ? (
        <Composer
          busy={busy}
          canClear={current.turns.length > 0}
          onSend={(text) => void send(text)}
          onStop={() => {
            current.stop();
            compared.stop();
          }}
          onClear={() => {
            current.clear();
            compared.clear();
          }}
        />
      ) : (
        <p className="border-t p-4 text-muted">
          Viewers look on here. To ask something, have an admin of this workspace make you a member.
        </p>
      )}
    </Card>
  );
}
