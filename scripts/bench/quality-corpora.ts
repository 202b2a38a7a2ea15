import { readFileSync } from 'node:fs';
import path from 'node:path';
import { random } from './random';

/** Rows of a corpus: a question and its answer each. */
export interface Pair {
  question: string;
  answer: string;
}

export interface Corpus {
  name: string;
  pairs: Pair[];
  /** All answers, where they are labels. */
  labels: string[] | null;
}

const root = path.resolve(import.meta.dirname, '../..');
const words = (text: string): string[] => text.split('|');

function sample(name: string, hasLabels = false): Corpus {
  const lines = readFileSync(path.join(root, 'prisma/samples', `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  const pairs = lines.map((line) => {
    const { messages } = JSON.parse(line) as { messages: { role: string; content: string }[] };
    const question = messages.find(({ role }) => role === 'user')?.content ?? '';
    return { question, answer: messages.at(-1)?.content ?? '' };
  });
  return { name, pairs, labels: hasLabels ? [...new Set(pairs.map(({ answer }) => answer))] : null };
}

/** Opinions about products, and whether they are good, bad or mixed: free words, three labels. */
function reviews(count: number): Corpus {
  const next = random(11);
  const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)] ?? '';
  const things = words(
    'kettle|backpack|lamp|blender|keyboard|tent|jacket|speaker|chair|watch|camera|bicycle|printer|pan',
  );
  const good = words(
    'works like a charm|feels solid|exceeded what I hoped for|is a joy to use|was worth every cent|arrived early and flawless',
  );
  const bad = words(
    'broke within a week|smells terrible|stopped working|is a waste of money|arrived scratched|never did what it promised',
  );
  const so = words(
    'does its job|is acceptable for the price|has ups and downs|is neither great nor awful|could be better',
  );
  const tails = words(
    'I bought it in March.|My sister has one too.|Delivery took four days.|It stands in the kitchen now.|I use it nearly daily.|',
  );
  const opinions = { positive: good, negative: bad, mixed: so };
  const labels = Object.keys(opinions) as (keyof typeof opinions)[];
  const pairs = Array.from({ length: count }, () => {
    const label = labels[Math.floor(next() * 3)] ?? 'mixed';
    const about = `The ${pick(things)} ${pick(opinions[label])}, and it ${pick(opinions[label])}.`;
    return {
      question: `${next() < 0.5 ? `${pick(tails)} ${about}` : `${about} ${pick(tails)}`}`.trim(),
      answer: label,
    };
  });
  return { name: 'reviews', pairs, labels };
}

const SUBJECTS = {
  gardening: 'soil|roots|seedlings|compost|pruning|watering|mulch|sunlight|frost|weeds|blossom|pots|fertiliser|slugs',
  cooking: 'oven|dough|simmer|butter|seasoning|saucepan|garlic|broth|whisk|yeast|marinade|skillet|flour|crust',
  cycling: 'chain|tyres|brakes|saddle|gears|pedals|helmet|spokes|puncture|handlebar|cassette|derailleur|rims|lubricant',
  networking:
    'router|packets|latency|firewall|subnet|gateway|bandwidth|switch|protocol|cable|wireless|proxy|throughput|hostname',
  astronomy:
    'telescope|orbit|galaxy|nebula|comet|eclipse|planet|lens|starlight|meteor|moon|spectrum|horizon|constellation',
  banking:
    'account|transfer|interest|mortgage|balance|statement|deposit|credit|fees|branch|savings|loan|overdraft|exchange',
  sailing: 'mast|rudder|harbour|wind|anchor|keel|knots|tide|sail|deck|buoy|compass|mooring|hull',
  photography:
    'aperture|shutter|exposure|tripod|focus|flash|portrait|contrast|filter|sensor|composition|blur|zoom|negative',
};
const SYLLABLES = words('ka|lo|mi|ren|sta|ver|qui|ton|ble|du|fen|gor|hil|nov|pel|ash|ur|zen|bri|ola');
const OPENINGS = words(
  'What should I know about|How do I deal with|Can you explain|Give me a hint on|Why do people worry about|Help me with',
);
const SENTENCES = words(
  'Start with the A, because the B depends on it.|Check the A before you touch the B.|Most trouble with A comes from poor B.|A good A makes the B much easier.|Leave the A alone until the B is ready.|If the A looks wrong, look at the B first.|People forget the A and then blame the B.|Once a month, look after the A and the B.',
);

/** Advice in two to five sentences on eight subjects: longer answers, each its own, with the words of its subject. */
function advice(count: number): Corpus {
  const next = random(12);
  const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)] ?? '';
  const subjects = Object.entries(SUBJECTS).map(([name, terms]) => ({ name, terms: words(terms) }));
  const pairs = Array.from({ length: count }, () => {
    const subject = subjects[Math.floor(next() * subjects.length)] ?? { name: '', terms: [] };
    const term = () => pick(subject.terms);
    const sentences = Array.from({ length: 2 + Math.floor(next() * 4) }, () =>
      pick(SENTENCES).replace('A', term()).replace('B', term()),
    );
    return {
      question: `${pick(OPENINGS)} ${term()} and ${term()} in ${subject.name}?`,
      answer: sentences.map(capital).join(' '),
    };
  });
  return { name: 'advice', pairs, labels: null };
}

/** What a message is about, of eight subjects of which a few have most rows; names stand in it that hardly come again. */
function requests(count: number): Corpus {
  const next = random(13);
  const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)] ?? '';
  const subjects = Object.entries(SUBJECTS).map(([name, terms]) => ({ name, terms: words(terms) }));
  const name = () => capital(Array.from({ length: 3 }, () => pick(SYLLABLES)).join(''));
  const pairs = Array.from({ length: count }, () => {
    // Half of the rows are about the first subject, a quarter about the second, and so on.
    const rank = Math.min(subjects.length - 1, Math.floor(-Math.log2(1 - next())));
    const { name: label = '', terms = [] } = subjects[rank] ?? {};
    return {
      question: `${pick(OPENINGS)} ${pick(terms)}? ${name()} ${name()} from ${name()} told me about ${pick(terms)} and ${name()}.`,
      answer: label,
    };
  });
  return { name: 'requests', pairs, labels: subjects.map(({ name: label }) => label) };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Three corpora that come with Tuneloop, and three that are made up the same way each time. */
export const corpora = (): Corpus[] => [
  ...[sample('brand-voice'), sample('dates-and-units'), sample('support-tickets', true), reviews(600), advice(800)],
  requests(800),
];
