import { findApp } from './app';
import { uploadDataset } from './dataset-step';
import { trainModel } from './job-step';
import { askAgent, awaitProof } from './model-step';
import { readDemoOptions, USAGE } from './options';
import { duration, percent, Screen } from './screen';
import { beats, summarise } from './summary';

/** @param args command line after `npm run demo --` */
export async function main(args: readonly string[]): Promise<void> {
  const options = readDemoOptions(args);
  const screen = new Screen(options.json ? process.stderr : process.stdout);
  if (options.help) return screen.line(USAGE);
  const { client, stop } = await findApp(options, screen);
  const onSignal = () => void stop().finally(() => process.exit(130));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, onSignal);
  try {
    const begun = Date.now();
    screen.line(`Tuneloop at ${client.url}`);
    const dataset = await uploadDataset(client, screen);
    const job = await trainModel(client, dataset, screen);
    const { model, proof } = await awaitProof(client, job, screen);
    const agent = await askAgent(client, model, proof, screen);
    const isBetter = beats(proof.tuned, proof.base);
    const verdict = isBetter ? 'The tuned model beats the base' : 'The tuned model does NOT beat the base';
    const scores = `${percent(proof.base.exactMatch)} → ${percent(proof.tuned.exactMatch)}`;
    screen.line(
      `\n${screen.style(isBetter ? 'green' : 'red', `${verdict}: ${scores}`)} in ${duration(Date.now() - begun)}`,
    );
    screen.line(`Use it from any OpenAI client: base URL ${client.url}/api/v1, model "${agent}"`);
    if (options.json) console.log(JSON.stringify(summarise(dataset, job, proof)));
    if (!isBetter) process.exitCode = 1;
  } finally {
    screen.settle();
    await stop();
  }
}
