import { setTimeout as sleep } from 'node:timers/promises';
import { ExpectedError } from '../start/say';
import type { DemoClient } from './client';
import type { JobResult } from './job-step';
import { chooseQuestions, conversationOf, readSample, SAMPLE } from './sample';
import { cut, duration, percent, type Screen } from './screen';
import { completion, deployed, jobDetail, type Model, model } from './shapes';

const AGENT = 'support-demo';
const TIMEOUT_MS = 600_000;
const POLL_MS = 500;

export type Proof = NonNullable<Model['proof']>;

/** Waits for the model of a job and its held-out scores. @throws ExpectedError when there are none */
export async function awaitProof(client: DemoClient, { id, modelId }: JobResult, screen: Screen) {
  screen.title('4  Proof on held-out examples');
  const begun = Date.now();
  let known = modelId;
  screen.beginProgress();
  for (const deadline = begun + TIMEOUT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    known ??= (await client.get(jobDetail, `/api/fine-tuning/jobs/${id}`)).model?.id ?? null;
    screen.progress(null, `asking base and tuned model, ${duration(Date.now() - begun)}`);
    if (!known) continue;
    const found = await client.get(model, `/api/fine-tuning/models/${known}`);
    if (!found.proof || found.status === 'evaluating') continue;
    screen.settle();
    if (found.proof.failure) screen.fact('note', found.proof.failure);
    return { model: found, proof: found.proof };
  }
  throw new ExpectedError(`The model was not evaluated within ${TIMEOUT_MS / 1000} s. Look at ${client.url}.`);
}

function printScores({ base, tuned, examples }: Proof, screen: Screen): void {
  const row = (name: string, exact: string, loss: string) =>
    `  ${name.padEnd(8)} ${exact.padStart(14)} ${loss.padStart(18)}`;
  const loss = (value: number | null) => (value === null ? '–' : value.toFixed(4));
  screen.line(screen.style('dim', row('', `exact (of ${examples})`, 'validation loss')));
  screen.line(row('base', percent(base.exactMatch), loss(base.loss)));
  screen.line(screen.style('green', row('tuned', percent(tuned.exactMatch), loss(tuned.loss))));
}

/** Puts the model behind an agent, asks it, and shows its answers beside the base model's. @returns the agent's slug */
export async function askAgent(client: DemoClient, found: Model, proof: Proof, screen: Screen): Promise<string> {
  printScores(proof, screen);
  screen.title('5  Deploy and ask');
  const { slug, release } = await client.post(deployed, `/api/fine-tuning/models/${found.id}/deploy`, { agent: AGENT });
  screen.fact('agent', `${slug}, release ${release}, answers with ${found.label}`);
  const sample = readSample(SAMPLE.path);
  for (const { question, expected, base } of chooseQuestions(proof.rows)) {
    const messages = conversationOf(question, sample);
    const answer = await client.post(completion, '/api/v1/chat/completions', { model: slug, messages, temperature: 0 });
    const tuned = answer.choices[0]?.message.content ?? '';
    const mark = (text: string) =>
      text.trim() === expected.trim() ? screen.style('green', '✓') : screen.style('red', '✗');
    screen.line(`\n  ${screen.style('bold', cut(messages.at(-1)?.content ?? question, 96))}`);
    screen.line(`    ${mark(base)} base   ${cut(base, 84)}`);
    screen.line(`    ${mark(tuned)} tuned  ${cut(tuned, 84)}`);
  }
  return slug;
}
