import { parentPort, workerData } from 'node:worker_threads';
import { serveGeneration } from './serving/generation-loop';
import type { GenerationSetup } from './serving/generation-messages';

// worker thread of the server: replies are computed here, so that the server itself always answers
if (parentPort) serveGeneration(parentPort, workerData as GenerationSetup);
