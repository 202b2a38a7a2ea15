import { checkContent, isObject, kindOf, type Report } from './check-content';
import { checkFunction, checkToolCalls } from './check-tools';
import type { Message } from './example';

const ROLES = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);

const INSTRUCTIONS = new Set(['system', 'developer']);

/** @param before  role of the last message that was no instruction; empty = there was none */
function orderFault(role: string, before: string): string | null {
  if (INSTRUCTIONS.has(role))
    return before === '' ? null : `This ${role} message stands after the conversation has begun.`;
  if (role === 'assistant' && before === '') return 'This answer stands where nothing was asked.';
  if (role === before && role === 'user') return 'This user message follows another one, with no answer in between.';
  if (role === before && role === 'assistant') return 'This answer follows another one, with nothing asked in between.';
  return null;
}

/** Walks a conversation once and reports everything that is wrong with it, in the order of the messages. */
export class MessageChecker {
  /** Calls without an answer so far: id, and where the call stands. */
  private readonly waiting = new Map<string, string>();
  private index = 0;

  constructor(private readonly reportAt: Report) {}

  check(list: unknown[]): Message[] {
    const messages: Message[] = [];
    for (this.index = 0; this.index < list.length; this.index++) {
      const message = this.checkOne(list[this.index]);
      if (message) messages.push(message);
    }
    this.index = list.length - 1;
    // A row may end with the call itself: it teaches when to call. Source: OpenAI's fine-tuning guide, "Tool calling".
    if (messages.at(-1)?.role === 'assistant') this.waiting.clear();
    this.closeCalls();
    // With one of them missing or unknown nothing can be said of their order.
    if (messages.length === list.length && messages.every(({ role }) => role !== '')) this.checkOrder(messages);
    return messages;
  }

  /** Instructions first, then questions and answers in turn: some providers refuse anything else, all learn from it oddly. */
  private checkOrder(messages: readonly Message[]): void {
    let before = '';
    for (const [i, { role }] of messages.entries()) {
      const fault = orderFault(role, before);
      if (fault) {
        // One place a row: what follows is out of order for the same reason as a rule.
        this.reportAt('role_order', `messages[${i}].role`, fault, role);
        return;
      }
      if (!INSTRUCTIONS.has(role)) before = role;
    }
  }

  /** Paths are put together only when there is something to report: nearly always there is nothing. */
  private readonly report: Report = (code, path, message, excerpt) =>
    this.reportAt(code, `messages[${this.index}]${path}`, message, excerpt);

  private checkOne(item: unknown): Message | null {
    if (!isObject(item)) {
      this.report('message_invalid', '', `This message is ${kindOf(item)}, not an object.`, item);
      return null;
    }
    const role = this.checkRole(item.role);
    if (role !== 'tool') this.closeCalls();
    const text = checkContent(item.content, '.content', this.report);
    this.checkName(item.name);
    const calls = role === 'assistant' ? this.checkCalls(item) : this.noCalls(item, role);
    this.checkPresence(item, role, text, calls);
    const answers = role === 'tool' ? this.checkAnswer(item.tool_call_id) : null;
    const trained = this.checkWeight(item.weight, role);
    return { role, text: text ?? '', name: typeof item.name === 'string' ? item.name : null, calls, answers, trained };
  }

  private checkRole(role: unknown): string {
    if (typeof role === 'string' && ROLES.has(role)) return role;
    const said = role === undefined ? 'has no role' : `has the role ${JSON.stringify(role).slice(0, 40)}`;
    this.report('role_unknown', '.role', `This message ${said}.`, role);
    return '';
  }

  private checkName(name: unknown): void {
    if (name === undefined || name === null) return;
    if (typeof name !== 'string' || name === '' || name.length > 64)
      this.report('name_invalid', '.name', `The name is ${kindOf(name)} that cannot be used.`, name);
  }

  private checkCalls(item: Record<string, unknown>): Message['calls'] {
    if (item.function_call !== undefined && item.function_call !== null) {
      this.report('legacy_function_call', '.function_call', 'This message uses function_call.');
      return checkFunction(item.function_call, '.function_call', this.report);
    }
    if (item.tool_calls === undefined || item.tool_calls === null) return null;
    const { calls, ids } = checkToolCalls(item.tool_calls, '.tool_calls', this.report);
    ids.forEach((id, i) => {
      this.waiting.set(id, `messages[${this.index}].tool_calls[${i}]`);
    });
    return calls;
  }

  private noCalls(item: Record<string, unknown>, role: string): null {
    if (item.tool_calls !== undefined && item.tool_calls !== null)
      this.report(
        'tool_call_invalid',
        '.tool_calls',
        `Only assistant messages can call tools, not ${role || 'this one'}.`,
      );
    return null;
  }

  private checkPresence(
    item: Record<string, unknown>,
    role: string,
    text: string | null,
    calls: Message['calls'],
  ): void {
    if (text === null) {
      const said = item.content === undefined ? 'has no content' : 'has null as content';
      if (calls === null && typeof item.refusal !== 'string')
        this.report('content_missing', '.content', `This ${role || 'unknown'} message ${said}.`);
      return;
    }
    // Nothing to learn from: an error for an answer, a hint elsewhere.
    if (typeof item.content !== 'string' || text.trim() !== '' || calls !== null) return;
    if (role === 'assistant' && text === '') this.report('content_missing', '.content', 'This answer is empty.');
    else
      this.report(
        // A blank prompt can simply go; what to do about a blank part of the talk, only a person knows.
        role === 'system' || role === 'developer' ? 'prompt_blank' : 'content_blank',
        '.content',
        `This ${role || 'unknown'} message has no visible text.`,
      );
  }

  private checkAnswer(id: unknown): string | null {
    const place = '.tool_call_id';
    if (typeof id !== 'string' || id === '') {
      this.report('tool_answer_unknown', place, 'This tool message does not say which call it answers.', id);
      return null;
    }
    if (!this.waiting.delete(id))
      this.report('tool_answer_unknown', place, `No open call has the id "${id.slice(0, 60)}".`, id);
    return id;
  }

  private checkWeight(weight: unknown, role: string): boolean {
    if (weight === undefined || weight === null) return role === 'assistant';
    if (role !== 'assistant')
      this.report('weight_misplaced', '.weight', `A ${role || 'message'} message cannot have a weight.`, weight);
    else if (weight !== 0 && weight !== 1)
      this.report('weight_invalid', '.weight', `The weight is ${JSON.stringify(weight).slice(0, 40)}.`, weight);
    return role === 'assistant' && weight !== 0;
  }

  /** Calls that got no answer before the conversation moved on. */
  private closeCalls(): void {
    for (const [id, path] of this.waiting)
      this.reportAt(
        'tool_call_unanswered',
        path,
        `The call "${id.slice(0, 60)}" is not answered before the next message.`,
        id,
      );
    this.waiting.clear();
  }
}
