import { rmSync } from 'node:fs';
import { bundleTrainer, dataFolder, startTrainer } from '@/trainer/testing/start-trainer';
import { describeTrainingProvider } from '../training-contract';
import { openAiTraining } from './adapter';
import { builtinProfile } from './profile';

// The same suite that the fake of OpenAI passes, against the real trainer in a process of its own: it really trains.
describeTrainingProvider('The built-in trainer', async () => {
  await bundleTrainer();
  const folder = dataFolder();
  const trainer = await startTrainer(folder, { TRAINER_API_KEY: 'trainer-key-of-this-test' });
  const { make } = openAiTraining(builtinProfile);
  return {
    training: make({ baseUrl: trainer.url, apiKey: 'trainer-key-of-this-test' }),
    wrongKey: make({ baseUrl: trainer.url, apiKey: 'another-key' }),
    baseModel: 'tiny-chat-1',
    pass: () => new Promise((resolve) => setTimeout(resolve, 100)),
    close: async () => {
      await trainer.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
