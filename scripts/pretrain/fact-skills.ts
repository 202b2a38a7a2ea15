import { assistant, type Material, type Skill, system, user } from './chats';
import { DATE_FORMATS } from './values';

const CAPITALS = [
  ['France', 'Paris'],
  ['Germany', 'Berlin'],
  ['Spain', 'Madrid'],
  ['Italy', 'Rome'],
  ['Austria', 'Vienna'],
  ['Norway', 'Oslo'],
  ['Japan', 'Tokyo'],
  ['India', 'Delhi'],
  ['Egypt', 'Cairo'],
  ['Peru', 'Lima'],
  ['Portugal', 'Lisbon'],
  ['Greece', 'Athens'],
  ['Poland', 'Warsaw'],
  ['Ireland', 'Dublin'],
] as const;
const BRACKETS = [
  ['"', '"'],
  ['[', ']'],
  ['<', '>'],
  ['(', ')'],
  ['* ', ''],
  ['', '!'],
] as const;

/** Skills on facts in a text: extracting them, dates. */
export function extractionSkills({ random, values }: Material): Skill[] {
  return [
    () => {
      const { facts, text, told } = values.order();
      const field = random.pick(told);
      const ask = random.pick(['What is the', 'Give me the', 'Find the']);
      return [user(`${text} ${ask} ${field}${random.pick(['?', '.'])}`), assistant(facts[field])];
    },
    () => {
      const { facts, text, told } = values.order();
      const fields = random.shuffle(told).slice(0, random.whole(1, 3));
      const json = JSON.stringify(Object.fromEntries(fields.map((field) => [field, facts[field]])));
      return [system(`Extract ${fields.join(', ')} as JSON.`), user(text), assistant(json)];
    },
    () => {
      const { facts, text, told } = values.order();
      const fields = random.shuffle(told).slice(0, random.whole(1, 3));
      const lines = fields.map((field) => `${field}: ${facts[field]}`).join('\n');
      return [system(`Reply with ${fields.join(' and ')} as lines.`), user(text), assistant(lines)];
    },
    () => {
      const date = [random.whole(1, 28), random.whole(1, 12), random.whole(1950, 2049)] as const;
      const [from = '', to = ''] = random.shuffle(Object.keys(DATE_FORMATS));
      const lead = random.chance(0.5)
        ? ''
        : random.pick(['It is due on ', 'We met on ', 'The date is ', 'She was born on ']);
      const text = `${lead}${DATE_FORMATS[from]?.(...date)}${lead ? '.' : ''}`;
      return [system(`Write the date as ${to}.`), user(text), assistant(DATE_FORMATS[to]?.(...date) ?? '')];
    },
  ];
}

/** Skills that follow rules given in the chat: keywords to labels, examples, brackets. And a few capitals. */
export function ruleSkills({ random, values }: Material): Skill[] {
  return [
    () => {
      const candidates = [values.invented(), values.invented(), values.word(), values.word()];
      const labels = random.shuffle(candidates).slice(0, random.whole(2, 3));
      const keywords = labels.map(() => [values.thing(), values.word(), values.invented()]);
      const chosen = random.whole(0, labels.length - 1);
      const word = random.pick(keywords[chosen] ?? []);
      const rules = labels.map((label, i) => `If the text has ${keywords[i]?.join(' or ')}, answer ${label}.`);
      const text = `${values.words(1, 4)} ${word} ${values.words(1, 4)}`;
      return [system(rules.join(' ')), user(text), assistant(labels[chosen] ?? '')];
    },
    () => {
      const answer = () => random.pick([() => values.invented(), () => values.word()])();
      const pairs = Array.from({ length: random.whole(2, 3) }, () => [values.thing(), answer()] as const);
      const [question, expected] = random.pick(pairs);
      const shown = pairs.flatMap(([left, right]) => [user(left), assistant(right)]);
      return [...shown, user(question), assistant(expected)];
    },
    () => {
      const [open, close] = random.pick(BRACKETS);
      const [first, second] = [values.words(1, 3), values.words(1, 3)];
      return [user(first), assistant(open + first + close), user(second), assistant(open + second + close)];
    },
    () => {
      const [country, capital] = random.pick(CAPITALS);
      const question = random.pick([
        `What is the capital of ${country}?`,
        `Capital of ${country}?`,
        `Tell me the capital city of ${country}.`,
      ]);
      return [user(question), assistant(random.pick([`The capital of ${country} is ${capital}.`]))];
    },
  ];
}
