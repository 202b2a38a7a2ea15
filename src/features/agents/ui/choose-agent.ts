import type { AgentSummary } from '../agent.schema';
import { slugFrom } from '../chat.rules';

interface Model {
  family: string;
  usedBy: readonly { slug: string }[];
}

/**
 * Which agent one click deploys to: the one that has this model already, else the one whose active release answers with
 * another version of the family, else a new one named after the family.
 */
export function chooseAgent(
  model: Model,
  agents: readonly Pick<AgentSummary, 'slug' | 'release'>[],
): { slug: string; isNew: boolean } {
  const using = model.usedBy[0];
  if (using) return { slug: using.slug, isNew: false };
  const former = agents.find((agent) => agent.release?.modelLabel.startsWith(`${model.family} v`));
  if (former) return { slug: former.slug, isNew: false };
  const slug = slugFrom(model.family);
  return { slug, isNew: !agents.some((agent) => agent.slug === slug) };
}
