import { assistant, type Material, type Skill, system, user } from './chats';
import { capitalise } from './random';
import { ADJECTIVES, NOUNS, VERBS } from './words';

const TOPICS = [
  ['weather', 'rain', 'snow', 'sun'],
  ['food', 'soup', 'bread', 'cake'],
  ['travel', 'train', 'airport', 'hotel'],
  ['money', 'invoice', 'bank', 'price'],
  ['health', 'doctor', 'nurse', 'hospital'],
  ['school', 'teacher', 'exam', 'lesson'],
  ['animals', 'dog', 'cat', 'bird'],
  ['home', 'kitchen', 'sofa', 'garden'],
];
const GOOD = ['good', 'great', 'wonderful', 'perfect', 'nice', 'beautiful', 'friendly'];
const BAD = ['bad', 'broken', 'dirty', 'wrong', 'slow', 'noisy', 'weak'];
const REPEAT = ['Repeat: ', 'Say: ', 'Copy this text: '];
const FIELDS = ['name', 'city', 'item', 'color', 'price', 'status', 'id', 'type'];

/** Skills on whole sentences: copying, finding a number, topics, politeness, sentiment, JSON. */
export function sentenceSkills({ random, prose, values }: Material): Skill[] {
  return [
    () => {
      const text = prose.sentence();
      return [user(random.pick(REPEAT) + text), assistant(text)];
    },
    () => {
      const number = values.number();
      // drawn and not used: it keeps the sequence of draws that made the shipped base
      values.thing();
      const label = `${random.pick(['Order', 'Ticket', 'Invoice', 'Case', 'Room'])} ${number}`;
      const text = random.chance(0.5)
        ? `${prose.sentence()} ${label} ${random.pick(['is late', 'was lost', 'is open', 'has a problem'])}.`
        : `${label}: ${prose.sentence()}`;
      return [system(random.pick(['Find the number.', 'Reply with the number only.'])), user(text), assistant(number)];
    },
    () => {
      const [topic = '', ...members] = random.pick(TOPICS);
      const word = random.pick(members);
      const text = random.pick([
        `I saw the ${word} today.`,
        `Tell me about the ${word}.`,
        `The ${word} was very ${random.pick(ADJECTIVES)}.`,
        `${prose.sentence()} It was about the ${word}.`,
        `My ${word} and I.`,
      ]);
      const names = random.shuffle(TOPICS.map(([name]) => name));
      return [system(`Which topic is it? ${names.join(', ')}`), user(text), assistant(topic)];
    },
    () => {
      const verb = random.pick(VERBS)[0];
      const noun = random.pick(NOUNS);
      return [
        system('Make it polite.'),
        user(`${capitalise(verb)} the ${noun}.`),
        assistant(`Could you please ${verb} the ${noun}?`),
      ];
    },
    () => {
      const good = random.pick(GOOD);
      const bad = random.pick(BAD);
      const positive = random.chance(0.5);
      const word = positive ? good : bad;
      const noun = random.pick(NOUNS);
      const task = random.pick(['Is it positive or negative?', 'Answer positive or negative.']);
      const text = random.pick([
        `The ${noun} was ${word}.`,
        `What a ${word} ${noun}!`,
        `I think your ${noun} is ${word}.`,
        `${prose.sentence()} The ${noun} is ${word}.`,
      ]);
      return [system(task), user(text), assistant(positive ? 'positive' : 'negative')];
    },
    () => {
      const keys = random.shuffle(FIELDS).slice(0, random.whole(1, 3));
      const value = () => {
        if (random.chance(0.3)) return Number(values.number());
        return random.chance(0.5) ? values.thing() : values.word();
      };
      const fields = Object.fromEntries(keys.map((key) => [key, value()]));
      const plain = keys.map((key) => `${key}=${fields[key]}`).join('; ');
      const json = JSON.stringify(fields);
      return random.chance(0.5)
        ? [user(`To JSON: ${plain}`), assistant(json)]
        : [user(`From JSON: ${json}`), assistant(plain)];
    },
  ];
}

/** Skills on loose words: copying, capitals, order, counting. */
export function wordSkills({ random, values }: Material): Skill[] {
  return [
    () => {
      const text = values.words(1, 7);
      return [user(random.pick([...REPEAT, 'Echo ']) + text), assistant(text)];
    },
    () => {
      const text = values.words(1, 6);
      return [user(random.pick(['Uppercase: ', 'Write in capitals: ']) + text), assistant(text.toUpperCase())];
    },
    () => {
      const words = values.words(2, 5).split(' ');
      const task = random.pick(['Reverse the words: ', 'Reverse the order of: ']);
      return [user(task + words.join(' ')), assistant(words.toReversed().join(' '))];
    },
    () => {
      const words = values.words(3, 7).split(' ');
      const first = random.chance(0.5);
      const answer = (first ? words[0] : words.at(-1)) ?? '';
      return [user(`What is the ${first ? 'first' : 'last'} word of: ${words.join(' ')}`), assistant(answer)];
    },
    () => {
      const text = values.words(2, 6);
      return [user(`Count the words: ${text}`), assistant(String(text.split(' ').length))];
    },
  ];
}
