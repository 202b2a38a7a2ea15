import { describe, expect, it } from 'vitest';
import { chooseAgent } from './choose-agent';

const agent = (slug: string, modelLabel: string | null) => ({
  slug,
  release: modelLabel === null ? null : { number: 1, modelLabel, modelId: null },
});

describe('chooseAgent', () => {
  const model = { family: 'support-tickets', usedBy: [] };

  it('prefers the agent that has the model already', () => {
    const used = { ...model, usedBy: [{ slug: 'router' }] };
    expect(chooseAgent(used, [agent('other', 'support-tickets v1')])).toEqual({ slug: 'router', isNew: false });
  });

  it('then the one that answers with a former version', () => {
    const agents = [agent('voice', 'support-tickets-eu v1'), agent('router', 'support-tickets v1')];
    expect(chooseAgent(model, agents)).toEqual({ slug: 'router', isNew: false });
  });

  it('else a new one named after the family', () => {
    expect(chooseAgent(model, [agent('voice', null)])).toEqual({ slug: 'support-tickets', isNew: true });
    expect(chooseAgent(model, [agent('support-tickets', null)])).toEqual({ slug: 'support-tickets', isNew: false });
  });
});
