import { Tokenizer } from '../model/tokenizer';
import { readChatData } from './chat-data';

/** Order to a worker thread: read a job's files before it is queued. */
export interface CheckRequest {
  readonly role: 'check';
  readonly tokenizer: string;
  readonly trainingFile: string;
  readonly validationFile: string | null;
}

export interface CheckResult {
  /** What is wrong, per file; both empty when the job may start. */
  readonly problems: { readonly training_file: string[]; readonly validation_file: string[] };
  readonly examples: number;
  /** Tokens of the training examples, once each. */
  readonly tokens: number;
}

/** Reads both files to the end and lists what is wrong with them. */
export async function checkTrainingFiles(request: CheckRequest): Promise<CheckResult> {
  const tokenizer = Tokenizer.fromFile(request.tokenizer);
  const train = await readChatData(request.trainingFile, tokenizer);
  const validation = request.validationFile ? await readChatData(request.validationFile, tokenizer, 1) : null;
  return {
    problems: { training_file: train.problems, validation_file: validation?.problems ?? [] },
    examples: train.examples.length,
    tokens: train.tokens,
  };
}
