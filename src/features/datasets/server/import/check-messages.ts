import { checkContent, isObject, kindOf, type Report } from './check-content';
import { checkFunction, checkToolCalls } from './check-tools';
import type { Message } from './example';

const ROLES = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);

/** Walks a conversation once and reports everything that is wrong with it, in the order of the messages. */
export class MessageChecker {
  private waiting = new Map<string, string>();

  constructor(private readonly report: Report) {}

  check(list: unknown[]): Message[] {
    const messages = list.flatMap((item, i) => this.checkOne(item, `messages[${i}]`) ?? []);
    // A row may end with the call itself: it teaches when to call. Source: OpenAI's fine-tuning guide, "Tool calling".
    if (messages.at(-1)?.role === 'assistant') this.waiting.clear();
    this.closeCalls();
    return messages;
  }

  private checkOne(item: unknown, path: string): Message | null {
    if (!isObject(item)) {
      this.report('message_invalid', path, `This message is ${kindOf(item)}, not an object.`, item);
      return null;
    }
    const role = this.checkRole(item.role, path);
    if (role !== 'tool') this.closeCalls();
    const text = checkContent(item.content, `${path}.content`, this.report);
    this.checkName(item.name, path);
    const calls = role === 'assistant' ? this.checkCalls(item, path) : this.noCalls(item, role, path);
    this.checkPresence(item, role, text, calls, path);
    const answers = role === 'tool' ? this.checkAnswer(item.tool_call_id, path) : null;
    const trained = this.checkWeight(item.weight, role, path);
    return { role, text: text ?? '', name: typeof item.name === 'string' ? item.name : null, calls, answers, trained };
  }

  private checkRole(role: unknown, path: string): string {
    if (typeof role === 'string' && ROLES.has(role)) return role;
    const said = role === undefined ? 'has no role' : `has the role ${JSON.stringify(role).slice(0, 40)}`;
    this.report('role_unknown', `${path}.role`, `This message ${said}.`, role);
    return '';
  }

  private checkName(name: unknown, path: string): void {
    if (name === undefined || name === null) return;
    if (typeof name !== 'string' || name === '' || name.length > 64)
      this.report('name_invalid', `${path}.name`, `The name is ${kindOf(name)} that cannot be used.`, name);
  }

  private checkCalls(item: Record<string, unknown>, path: string): Message['calls'] {
    if (item.function_call !== undefined && item.function_call !== null) {
      this.report('legacy_function_call', `${path}.function_call`, 'This message uses function_call.');
      return checkFunction(item.function_call, `${path}.function_call`, this.report);
    }
    if (item.tool_calls === undefined || item.tool_calls === null) return null;
    const { calls, ids } = checkToolCalls(item.tool_calls, `${path}.tool_calls`, this.report);
    ids.forEach((id, i) => {
      this.waiting.set(id, `${path}.tool_calls[${i}]`);
    });
    return calls;
  }

  private noCalls(item: Record<string, unknown>, role: string, path: string): null {
    if (item.tool_calls !== undefined && item.tool_calls !== null)
      this.report(
        'tool_call_invalid',
        `${path}.tool_calls`,
        `Only assistant messages can call tools, not ${role || 'this one'}.`,
      );
    return null;
  }

  private checkPresence(
    item: Record<string, unknown>,
    role: string,
    text: string | null,
    calls: Message['calls'],
    path: string,
  ): void {
    if (text === null) {
      const said = item.content === undefined ? 'has no content' : 'has null as content';
      if (calls === null && typeof item.refusal !== 'string')
        this.report('content_missing', `${path}.content`, `This ${role || 'unknown'} message ${said}.`);
      return;
    }
    // Nothing to learn from: an error for an answer, a hint elsewhere.
    if (typeof item.content !== 'string' || text.trim() !== '' || calls !== null) return;
    if (role === 'assistant' && text === '') this.report('content_missing', `${path}.content`, 'This answer is empty.');
    else this.report('content_blank', `${path}.content`, `This ${role || 'unknown'} message has no visible text.`);
  }

  private checkAnswer(id: unknown, path: string): string | null {
    const place = `${path}.tool_call_id`;
    if (typeof id !== 'string' || id === '') {
      this.report('tool_answer_unknown', place, 'This tool message does not say which call it answers.', id);
      return null;
    }
    if (!this.waiting.delete(id))
      this.report('tool_answer_unknown', place, `No open call has the id "${id.slice(0, 60)}".`, id);
    return id;
  }

  private checkWeight(weight: unknown, role: string, path: string): boolean {
    if (weight === undefined || weight === null) return role === 'assistant';
    if (role !== 'assistant')
      this.report('weight_misplaced', `${path}.weight`, `A ${role || 'message'} message cannot have a weight.`, weight);
    else if (weight !== 0 && weight !== 1)
      this.report('weight_invalid', `${path}.weight`, `The weight is ${JSON.stringify(weight).slice(0, 40)}.`, weight);
    return role === 'assistant' && weight !== 0;
  }

  /** Calls that got no answer before the conversation moved on. */
  private closeCalls(): void {
    for (const [id, path] of this.waiting)
      this.report(
        'tool_call_unanswered',
        path,
        `The call "${id.slice(0, 60)}" is not answered before the next message.`,
        id,
      );
    this.waiting.clear();
  }
}
