'use client';

import { Bot, ChevronDown, Plus, Rocket } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import { chooseAgent } from './choose-agent';
import { DeployDialog } from './deploy-dialog';

const AGENTS_SHOWN = 20;

/**
 * One click puts the model behind the agent that used the former version of its family, or behind a new agent named
 * after the family; the arrow offers every other agent.
 */
export function DeployButton({ modelId }: { modelId: string }) {
  const router = useRouter();
  const utils = trpc.useUtils();
  const [naming, setNaming] = useState(false);
  const writes = useMay('agents:write');
  const model = trpc.models.get.useQuery({ id: modelId }).data;
  const agents = trpc.agents.list.useQuery({ limit: AGENTS_SHOWN }).data?.items;
  const deploy = trpc.agents.deployModel.useMutation({
    onSuccess: async (made) => {
      await Promise.all([utils.models.get.invalidate({ id: modelId }), utils.agents.invalidate()]);
      toast.success(`${made.slug} answers with this model now (release ${made.release})`);
      router.push(`/dashboard/fine-tuning/agents/${made.agentId}`);
    },
    onError: (error) => toast.error(error.message),
  });
  if (!writes) return null;
  if (!model || !agents)
    return (
      <Button variant="primary" disabled>
        Deploy to agent
      </Button>
    );
  const target = chooseAgent(model, agents);
  const others = agents.filter((agent) => agent.slug !== target.slug);
  return (
    <div className="flex">
      <Button
        variant="primary"
        pending={deploy.isPending}
        onClick={() => deploy.mutate({ modelId, agent: target.slug })}
        className="rounded-r-none"
        title={target.isNew ? `Makes the agent "${target.slug}"` : `Makes the next release of "${target.slug}"`}
      >
        <Rocket /> Deploy to agent
      </Button>
      <DropdownMenu
        align="end"
        trigger={
          <IconButton
            label="Choose the agent"
            variant="primary"
            className="rounded-l-none border-on-accent/25 border-l"
          >
            <ChevronDown />
          </IconButton>
        }
      >
        <MenuItem
          icon={<Rocket />}
          hint={target.isNew ? 'new' : 'next release'}
          onSelect={() => deploy.mutate({ modelId, agent: target.slug })}
        >
          {target.slug}
        </MenuItem>
        {others.length > 0 && <MenuLabel>Other agents</MenuLabel>}
        {others.map((agent) => (
          <MenuItem key={agent.id} icon={<Bot />} onSelect={() => deploy.mutate({ modelId, agent: agent.id })}>
            {agent.slug}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem icon={<Plus />} onSelect={() => setNaming(true)}>
          New agent…
        </MenuItem>
      </DropdownMenu>
      <DeployDialog
        open={naming}
        onOpenChange={setNaming}
        onDeploy={(slug) => deploy.mutateAsync({ modelId, agent: slug })}
      />
    </div>
  );
}
