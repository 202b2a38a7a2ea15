import { capitalise, type Random } from './random';
import { ADJECTIVES, NOUNS, VERBS } from './words';

const CONSONANTS = [...'bcdfghjklmnprstvwz'];
const VOWELS = [...'aeiou'];
const NAMES =
  'Anna Ben Carla David Emma Felix Grace Henry Ines Jonas Karin Leo Maria Nina Oscar Paula Quinn Rosa Sam Tina Victor Wendy Yuri Zoe Alice Bob Omar Priya Chen Lucia Marta Ivan'.split(
    ' ',
  );
const CITIES =
  'London Paris Berlin Madrid Rome Vienna Oslo Tokyo Delhi Cairo Lima Boston Chicago Sydney Dublin Prague Lisbon Athens Zurich Geneva Warsaw Toronto Seoul Nairobi'.split(
    ' ',
  );
const THINGS =
  'lamp chair phone laptop camera shirt jacket book bike table printer keyboard mouse monitor bottle bag ticket guitar watch sofa kettle router tablet speaker'.split(
    ' ',
  );
const COLOURS = 'red blue green black white yellow purple grey orange pink'.split(' ');
const EVERYDAY = [...new Set([...NOUNS, ...ADJECTIVES, ...VERBS.flat()])];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const twoDigits = (n: number) => String(n).padStart(2, '0');
const month = (m: number) => MONTHS[m - 1] ?? '';

/** Date formats by the name that a chat asks for. */
export const DATE_FORMATS: Record<string, (day: number, month: number, year: number) => string> = {
  'YYYY-MM-DD': (d, m, y) => `${y}-${twoDigits(m)}-${twoDigits(d)}`,
  'DD/MM/YYYY': (d, m, y) => `${twoDigits(d)}/${twoDigits(m)}/${y}`,
  'MM/DD/YYYY': (d, m, y) => `${twoDigits(m)}/${twoDigits(d)}/${y}`,
  'D Month YYYY': (d, m, y) => `${d} ${month(m)} ${y}`,
  'Month D, YYYY': (d, m, y) => `${month(m)} ${d}, ${y}`,
  'DD.MM.YYYY': (d, m, y) => `${twoDigits(d)}.${twoDigits(m)}.${y}`,
  'D Mon YYYY': (d, m, y) => `${d} ${month(m).slice(0, 3)} ${y}`,
};

type Field = 'name' | 'city' | 'item' | 'color' | 'price' | 'email';

/** A sentence about somebody's order, and which of its facts it tells. */
export interface OrderSentence {
  readonly facts: Record<Field, string>;
  readonly text: string;
  readonly told: Field[];
}

/** Draws the things that chats are about. Invented words keep the model from learning answers by heart. */
export class Values {
  constructor(
    private readonly random: Random,
    private readonly rareWords: readonly string[],
  ) {}

  /** A word that does not exist. */
  invented(): string {
    const { random } = this;
    const syllables = Array.from({ length: random.whole(2, 3) }, () => random.pick(CONSONANTS) + random.pick(VOWELS));
    return syllables.join('') + random.pick(['', 'n', 'r', 's', 'x', 'l']);
  }

  word(): string {
    return this.random.chance(0.5) ? this.random.pick(EVERYDAY) : this.random.pick(this.rareWords);
  }

  words(from: number, to: number): string {
    const { random } = this;
    const count = random.whole(from, to);
    return Array.from({ length: count }, () => (random.chance(0.15) ? this.invented() : this.word())).join(' ');
  }

  thing(): string {
    return this.random.chance(0.7) ? this.random.pick(THINGS) : this.invented();
  }

  number(): string {
    return String(this.random.whole(1, 10 ** this.random.whole(1, 5)));
  }

  order(): OrderSentence {
    const facts = {
      name: this.name(NAMES),
      city: this.name(CITIES),
      item: this.thing(),
      color: this.random.pick(COLOURS),
      price: this.number(),
      email: this.email(),
    };
    const { name, city, item, color, price, email } = facts;
    const forms: [string, Field[]][] = [
      [
        `${name} from ${city} ordered a ${color} ${item} for ${price} dollars.`,
        ['name', 'city', 'color', 'item', 'price'],
      ],
      [`Contact ${name} at ${email} about the ${item}.`, ['name', 'email', 'item']],
      [`The ${color} ${item} costs ${price} and is sold in ${city}.`, ['color', 'item', 'price', 'city']],
      [`My name is ${name}, I live in ${city} and my email is ${email}.`, ['name', 'city', 'email']],
    ];
    const [text, told] = this.random.pick(forms);
    return { facts, text, told };
  }

  private name(known: readonly string[]): string {
    return this.random.chance(0.6) ? this.random.pick(known) : capitalise(this.invented());
  }

  private email(): string {
    const { random } = this;
    const user = random.chance(0.5) ? random.pick(NAMES).toLowerCase() : this.invented();
    return `${user}@${this.invented()}.${random.pick(['com', 'org', 'net', 'io'])}`;
  }
}
