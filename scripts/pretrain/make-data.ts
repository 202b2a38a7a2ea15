// Generates what the base model is trained on: node --import tsx scripts/pretrain/make-data.ts --words FILE --out PREFIX
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { type ChatMessage, encodeChat } from '../../src/trainer/model/chat-template';
import { SPECIAL, Tokenizer } from '../../src/trainer/model/tokenizer';
import { learnMerges } from './byte-pairs';
import type { Material, Skill } from './chats';
import { extractionSkills, ruleSkills } from './fact-skills';
import { Prose } from './prose';
import { Random } from './random';
import { talkSkills } from './talk-skills';
import { sentenceSkills, wordSkills } from './text-skills';
import { Values } from './values';

const SEED = 12_345;
/** How much of the text the tokenizer learns from. */
const TOKENIZER_PARAGRAPHS = 8000;
const TOKENIZER_CHATS = 24_000;
const LONGEST_PARAGRAPH_TOKENS = 250;
/** Loss weights in hundredths: what the user says is worth learning too, a little. */
const FULL = 100;
const FAINT = 20;

const { values: options } = parseArgs({
  options: {
    words: { type: 'string', default: '/usr/share/dict/american-english-small' },
    out: { type: 'string', default: 'pretrain-data' },
    vocabulary: { type: 'string', default: '1536' },
    chats: { type: 'string', default: '420000' },
    paragraphs: { type: 'string', default: '24000' },
  },
});

interface Document {
  readonly ids: readonly number[];
  readonly weights: readonly number[];
}

const random = new Random(SEED);
const rareWords = fs
  .readFileSync(options.words, 'utf8')
  .split('\n')
  .filter((word) => /^[a-z]{3,10}$/.test(word));
const prose = new Prose(random, rareWords);
const paragraphs = Array.from({ length: Number(options.paragraphs) }, () => prose.paragraph(2, 7));
const material: Material = { random, prose, values: new Values(random, rareWords), paragraphs };
const skills: Skill[] = [sentenceSkills, wordSkills, extractionSkills, ruleSkills, talkSkills].flatMap((make) =>
  make(material),
);

const chats: ChatMessage[][] = [];
while (chats.length < Number(options.chats)) {
  const chat = random.pick(skills)();
  if (chat) chats.push(chat);
}
const lines = chats.slice(0, TOKENIZER_CHATS).flatMap((chat) => chat.map((message) => message.content));
const merges = learnMerges([...paragraphs.slice(0, TOKENIZER_PARAGRAPHS), ...lines], Number(options.vocabulary));
fs.writeFileSync(`${options.out}.tokenizer.json`, JSON.stringify({ merges }));

const tokenizer = new Tokenizer(merges);
const ofParagraph = (text: string): Document => {
  const ids = [SPECIAL.bos, ...tokenizer.encode(text).slice(0, LONGEST_PARAGRAPH_TOKENS), SPECIAL.end];
  return { ids, weights: ids.map((_, index) => (index === 0 ? 0 : FULL)) };
};
const ofChat = (messages: ChatMessage[]): Document => {
  const { ids, weights } = encodeChat(tokenizer, messages);
  return { ids, weights: weights.map((weight, index) => (index === 0 ? 0 : weight > 0 ? FULL : FAINT)) };
};
const documents = random.shuffle([...paragraphs.map(ofParagraph), ...chats.map(ofChat)]);

const total = documents.reduce((sum, { ids }) => sum + ids.length, 0);
const ids = new Uint16Array(total);
const weights = new Uint8Array(total);
let at = 0;
for (const document of documents) {
  ids.set(document.ids, at);
  weights.set(document.weights, at);
  at += document.ids.length;
}
fs.writeFileSync(`${options.out}.ids`, ids);
fs.writeFileSync(`${options.out}.weights`, weights);
console.log(`${documents.length} documents, ${total} tokens, vocabulary ${tokenizer.size}`);
