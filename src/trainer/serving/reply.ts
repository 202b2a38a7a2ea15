import { Decoder, type ModelWeights } from '../model/decoder';
import { SPECIAL, type Tokenizer } from '../model/tokenizer';
import { type SamplingOptions, sample } from './sampler';

/** Prompt and reply together, in tokens: the longest that the model was shown. */
export const CONTEXT_TOKENS = 512;

export interface ReplyOptions extends SamplingOptions {
  readonly maxTokens: number;
  readonly stop: readonly string[];
}

/** One reply in the making. Call {@link advance} until {@link finish} is set; between calls others may compute. */
export class Reply {
  /** Why it ended: the model or a stop word did, or the room ran out. */
  finish: 'stop' | 'length' | null = null;
  completionTokens = 0;
  private readonly decoder: Decoder;
  private readonly bytes = new TextDecoder();
  private fed = 0;
  private held = '';
  private state: Float32Array = new Float32Array();

  constructor(
    weights: ModelWeights,
    private readonly tokenizer: Tokenizer,
    private readonly prompt: readonly number[],
    private readonly options: ReplyOptions,
  ) {
    this.decoder = new Decoder(weights, prompt.length + options.maxTokens);
  }

  /** Reads one token of the prompt or writes one of the reply. Returns text that is now certain, often empty. */
  advance(): string {
    if (this.fed < this.prompt.length) {
      this.state = this.decoder.feed(this.prompt[this.fed] as number);
      this.fed++;
      return '';
    }
    const id = sample(this.decoder.logits(this.state), this.options);
    if (id === SPECIAL.end) return this.end('stop');
    this.completionTokens++;
    const text = this.release(this.bytes.decode(this.tokenizer.bytesOf(id), { stream: true }));
    if (this.finish) return text;
    if (this.completionTokens >= this.options.maxTokens) return text + this.end('length');
    this.state = this.decoder.feed(id);
    return text;
  }

  /** Holds back what may be the beginning of a stop word. */
  private release(more: string): string {
    this.held += more;
    const found = this.options.stop.map((word) => this.held.indexOf(word)).filter((at) => at >= 0);
    if (found.length > 0) {
      this.finish = 'stop';
      return this.held.slice(0, Math.min(...found));
    }
    const longest = Math.max(0, ...this.options.stop.map((word) => word.length - 1));
    const sure = Math.max(0, this.held.length - longest);
    const text = this.held.slice(0, sure);
    this.held = this.held.slice(sure);
    return text;
  }

  private end(finish: 'stop' | 'length'): string {
    const text = this.release(this.bytes.decode());
    this.finish ??= finish;
    return text + (this.finish === finish ? this.held : '');
  }
}
