import { assistant, type Material, type Skill, system, user } from './chats';
import { capitalise } from './random';

const SYMPATHY = [
  'I am sorry to hear that.',
  'Thank you for your message.',
  'I am happy to help.',
  'That sounds frustrating.',
  'Thanks for getting in touch.',
];
const FOLLOW_UP = [
  'Could you tell me a little more?',
  'What would you like me to do next?',
  'Please give me some more details.',
  'How can I help you with that?',
  'Let me know what you need.',
];
const UNITS = [
  ['kilograms', 'kg'],
  ['metres', 'm'],
  ['litres', 'l'],
  ['hours', 'h'],
  ['minutes', 'min'],
  ['seconds', 's'],
  ['kilometres', 'km'],
  ['grams', 'g'],
] as const;
const LONGEST_START = 200;
const LONGEST_CONTINUATION = 300;

/** Small talk, first lines of support, continuing a text, sums, lists, units. */
export function talkSkills({ random, values, paragraphs }: Material): Skill[] {
  return [
    () => {
      const greeting = random.pick(['Hello', 'Hi', 'Hello there', 'Good morning', 'Hey']);
      return [user(greeting), assistant(random.pick(['Hello! How can I help you?', 'Hi! What can I do for you?']))];
    },
    () => {
      const question = random.pick(['Who are you?', 'What are you?', 'What is your name?']);
      return [user(question), assistant('I am a small language model that runs on your own computer.')];
    },
    () => {
      const thing = values.thing();
      const complaint = random.pick([
        `My ${thing} does not work.`,
        `I have a problem with my ${thing}.`,
        `Where is my ${thing}?`,
        `I would like to return the ${thing}.`,
        `Can you help me with the ${thing}?`,
        `Do you sell a ${thing}?`,
        `The ${thing} arrived broken.`,
        `How do I use the ${thing}?`,
        `${capitalise(values.words(3, 9))} ${thing}.`,
      ]);
      return [user(complaint), assistant(`${random.pick(SYMPATHY)} ${random.pick(FOLLOW_UP)}`)];
    },
    () => {
      const [start = '', ...rest] = random.pick(paragraphs).split(/(?<=\.) /);
      if (rest.length === 0 || start.length > LONGEST_START) return null;
      return [user(`Continue: ${start}`), assistant(rest.join(' ').slice(0, LONGEST_CONTINUATION))];
    },
    () => {
      const [a, b] = [random.whole(0, 60), random.whole(0, 39)];
      return random.chance(0.5)
        ? [user(`${a} + ${b} =`), assistant(String(a + b))]
        : [user(`${a + b} - ${b} =`), assistant(String(a))];
    },
    () => {
      const count = random.whole(2, 5);
      const items = Array.from({ length: count }, () => (random.chance(0.5) ? values.thing() : values.word()));
      return random.chance(0.5)
        ? [user(`Make a list: ${items.join(', ')}`), assistant(items.map((item) => `- ${item}`).join('\n'))]
        : [user(`Join with and: ${items.join('\n')}`), assistant(items.join(' and '))];
    },
    () => {
      const decimal = `${values.number()}.${random.whole(0, 9)}`;
      const [long, short] = random.pick(UNITS);
      const amount = random.chance(0.5) ? decimal : values.number();
      return random.chance(0.5)
        ? [system('Shorten the unit.'), user(`${amount} ${long}`), assistant(`${amount} ${short}`)]
        : [system('Write the unit in full.'), user(`${amount} ${short}`), assistant(`${amount} ${long}`)];
    },
  ];
}
