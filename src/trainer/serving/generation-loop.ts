import type { MessagePort } from 'node:worker_threads';
import { encodePrompt } from '../model/chat-template';
import { loadModelWeights, type ModelWeights } from '../model/decoder';
import { Tokenizer } from '../model/tokenizer';
import { seededRandom } from '../model/vector-math';
import type { FromGenerator, GenerationRequest, GenerationSetup, ToGenerator } from './generation-messages';
import { CONTEXT_TOKENS, Reply } from './reply';

const MODELS_KEPT = 4;
/** Tokens that one reply may compute before the next one has its turn. */
const TURN_TOKENS = 8;

interface Running {
  readonly id: number;
  readonly reply: Reply;
  readonly promptTokens: number;
}

class RefusedError extends Error {}

/** Serves generation orders in a worker thread. All open replies advance in turn, so a long one does not block others. */
export function serveGeneration(port: MessagePort, setup: GenerationSetup): void {
  const tokenizer = Tokenizer.fromFile(setup.tokenizer);
  const models = new Map<string, ModelWeights>();
  const running: Running[] = [];
  let turning = false;
  const tell = (message: FromGenerator) => port.postMessage(message);

  const model = (checkpoint: string): ModelWeights => {
    const weights = models.get(checkpoint) ?? loadModelWeights(checkpoint);
    models.delete(checkpoint);
    models.set(checkpoint, weights);
    const oldest = models.keys().next().value;
    if (models.size > MODELS_KEPT && oldest !== undefined) models.delete(oldest);
    return weights;
  };

  const begin = (id: number, request: GenerationRequest): Running => {
    const prompt = encodePrompt(tokenizer, request.messages);
    const room = CONTEXT_TOKENS - prompt.length;
    if (room < 1 || (request.maxTokens ?? 1) > room) {
      throw new RefusedError(
        `The model's context is ${CONTEXT_TOKENS} tokens; the messages take ${prompt.length}${request.maxTokens ? ` and the reply may take ${request.maxTokens}` : ''}. Shorten one of them.`,
      );
    }
    const { temperature, topP, stop, seed } = request;
    const options = { temperature, topP, stop, random: seededRandom(seed), maxTokens: request.maxTokens ?? room };
    return { id, reply: new Reply(model(request.checkpoint), tokenizer, prompt, options), promptTokens: prompt.length };
  };

  const takeTurn = (job: Running) => {
    for (let i = 0; i < TURN_TOKENS && !job.reply.finish; i++) {
      const text = job.reply.advance();
      if (text !== '') tell({ kind: 'text', id: job.id, text });
    }
    const { finish, completionTokens } = job.reply;
    if (!finish) return true;
    tell({ kind: 'end', id: job.id, end: { finish, promptTokens: job.promptTokens, completionTokens } });
    return false;
  };

  const turn = () => {
    const job = running.shift();
    turning = job !== undefined;
    if (!job) return;
    try {
      if (takeTurn(job)) running.push(job);
    } catch (error) {
      tell({ kind: 'failed', id: job.id, message: String(error) });
    }
    setImmediate(turn);
  };

  port.on('message', (message: ToGenerator) => {
    if (message.kind === 'abort') {
      const at = running.findIndex((job) => job.id === message.id);
      if (at >= 0) running.splice(at, 1);
      return;
    }
    try {
      running.push(begin(message.id, message.request));
      if (!turning) turn();
    } catch (error) {
      const refused = error instanceof RefusedError;
      tell({ kind: refused ? 'refused' : 'failed', id: message.id, message: refused ? error.message : String(error) });
    }
  });
}
