'use client';

import { GitCommitVertical, Plus, RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { RelativeTime } from '@/components/ui/relative-time';
import { StatusBadge } from '@/components/ui/status-badge';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { AgentDetail, ReleaseSummary } from '../../agent.schema';
import { ReleaseDialog } from './release-dialog';

/** Every setting the agent ever had. Immutable: rolling back makes an older one answer again, unchanged. */
export function ReleaseList({ agent }: { agent: AgentDetail }) {
  const writes = useMay('agents:write');
  const create = writes && (
    <ReleaseDialog
      agent={agent}
      trigger={
        <Button size="sm">
          <Plus /> New release
        </Button>
      }
    />
  );
  return (
    <Card title="Releases" actions={create} flush>
      {agent.releases.length === 0 ? (
        <EmptyState icon={<GitCommitVertical />}>
          A release is one fixed setting: which model, which prompt, who, when. The first one makes the agent answer.
        </EmptyState>
      ) : (
        <ol className="divide-y">
          {agent.releases.map((release) => (
            <ReleaseRow key={release.id} agent={agent} release={release} writes={writes} />
          ))}
        </ol>
      )}
    </Card>
  );
}

interface ReleaseRowProps {
  agent: AgentDetail;
  release: ReleaseSummary;
  writes: boolean;
}

function ReleaseRow({ agent, release, writes }: ReleaseRowProps) {
  const utils = trpc.useUtils();
  const activate = trpc.agents.activateRelease.useMutation({
    onSuccess: async () => {
      await Promise.all([utils.agents.get.invalidate({ id: agent.id }), utils.agents.list.invalidate()]);
      toast.success(`${agent.name} answers with release ${release.number} now`);
    },
  });
  const { temperature, topP, maxTokens } = release.parameters;
  const parameters = [
    temperature !== undefined && `temperature ${temperature}`,
    topP !== undefined && `top p ${topP}`,
    maxTokens !== undefined && `at most ${maxTokens} tokens`,
  ].filter(Boolean);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex flex-wrap items-center gap-2">
          <span className="font-medium">Release {release.number}</span>
          {release.active && <StatusBadge tone="good">Answers now</StatusBadge>}
        </div>
        <div className="mt-0.5 text-sm">
          {release.target.modelId ? (
            <Link
              href={`/dashboard/fine-tuning/models/${release.target.modelId}`}
              className="text-accent hover:underline"
            >
              {release.target.label}
            </Link>
          ) : (
            <span>{release.target.label} (base model)</span>
          )}
          {parameters.length > 0 && <span className="text-muted"> · {parameters.join(', ')}</span>}
        </div>
        {release.systemPrompt && (
          <p className="mt-1 line-clamp-2 whitespace-pre-wrap text-muted text-sm">{release.systemPrompt}</p>
        )}
        {release.note && <p className="mt-1 text-sm">“{release.note}”</p>}
        <div className="mt-1 text-faint text-xs">
          {release.createdByLabel ?? 'Tuneloop'}, <RelativeTime date={release.createdAt} />
        </div>
      </div>
      {writes && !release.active && (
        <ConfirmDialog
          title={`Answer with release ${release.number} again?`}
          confirmLabel={`Activate release ${release.number}`}
          tone="primary"
          onConfirm={() => activate.mutateAsync({ agentId: agent.id, releaseId: release.id })}
          trigger={
            <Button size="sm">
              <RotateCcw /> Roll back to this
            </Button>
          }
        >
          <p>
            From the next call on, {agent.slug} answers with {release.target.label} and the prompt of this release. The
            present release stays in the list.
          </p>
        </ConfirmDialog>
      )}
    </li>
  );
}
