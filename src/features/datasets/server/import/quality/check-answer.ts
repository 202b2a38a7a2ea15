import type { Report } from '../../../formats/check/check-content';
import { WORD } from './lexicon';
import type { RowSigns } from './row-signs';

/** Refusals stand at the beginning. “I’m sorry to hear that” is none: it must say that something cannot be done. */
const REFUSAL = new RegExp(
  `^[\\s"“*>]{0,10}(?:${[
    "(?:i['’]?m|i am)?\\s?(?:very |so |really )?(?:sorry|afraid)[,.!]?\\s{0,2}(?:but |that )?(?:as an? (?:ai|large|language)|i (?:can['’]?t|cannot|can not|am not able|am unable|won['’]?t|do not feel|don['’]?t feel)|i['’]?m (?:not able|unable)|(?:this|that) (?:request|content) (?:is against|violates|goes against))",
    "(?:sorry|apologies|my apologies|i apologi[sz]e|unfortunately)[,.]?\\s{0,2}(?:but )?(?:i (?:can['’]?t|cannot|am (?:unable|not able))|i['’]?m (?:unable|not able))",
    "i (?:can['’]?t|cannot|can not|won['’]?t|will not|must decline to|am unable to|am not able to) (?:help|assist|comply|provide|answer|do that|do this|fulfil|fulfill|create|generate|write|engage|support|continue|give)",
    "i['’]?m (?:unable|not able) to (?:help|assist|comply|provide|answer|fulfil|fulfill|create|generate)",
    "as an? (?:ai|artificial|large language|language model)[^.]{0,80}(?:cannot|can['’]?t|unable|not able|not capable|do not have|don['’]?t have)",
    '(?:es )?tut mir leid,? (?:aber )?(?:(?:das|dabei|ich|darüber|dazu|hierbei) )?(?:kann|darf)',
    '(?:als|da ich) (?:ki|eine ki|ein sprachmodell|sprachmodell)[^.]{0,60}(?:kann ich|darf ich|nicht)',
    '(?:je suis )?(?:désolé|désolée|navré)[^.]{0,15}(?:mais )?je (?:ne peux|ne suis|ne pourrai)',
    "en tant qu['’](?:ia|intelligence artificielle|modèle)[^.]{0,60}je ne",
    'lo siento,? (?:pero )?no (?:puedo|me es posible|estoy)',
    'como (?:ia|una ia|modelo de lenguaje|inteligencia artificial)[^.]{0,60}no (?:puedo|tengo)',
    '(?:desculpe|sinto muito|lamento),? (?:mas )?(?:eu )?não (?:posso|consigo)',
    'mi dispiace,? (?:ma )?non (?:posso|sono in grado)',
    'het spijt me,? (?:maar )?(?:ik|dat|daar) (?:kan|mag)',
    '(?:извините|к сожалению|простите),? (?:но )?я не могу',
    '(?:抱歉|对不起|很抱歉|對不起)[，,]?\\s?(?:但)?(?:我|作为)[^。]{0,12}(?:不能|无法|無法)',
    '(?:申し訳|すみません)[^。]{0,24}(?:できません|お答えできません|いたしかねます)',
    '(?:죄송하지만|죄송합니다)[^.]{0,40}(?:수 없습니다|어렵습니다)',
  ].join('|')})`,
  'i',
);

const BOILERPLATE =
  /\bas an? (?:ai|artificial intelligence|large language|language)(?: language)?(?: model)?\b|\bi(?:['’]m| am) (?:just |only )?an? (?:ai|artificial intelligence|large language|language) (?:language )?(?:model|assistant|chatbot)\b|\bmy (?:knowledge|training) cut-?off\b|\bals (?:ki|sprachmodell|ki-sprachmodell)\b|\ben tant qu['’](?:ia|intelligence artificielle|modèle de langage)|\bcomo (?:modelo de lenguaje|modelo de linguagem|una ia|uma ia)\b|作为(?:一个|一名)?(?:人工智能|AI|语言模型)|AI(?:言語モデル)?として/i;
const MAX_SEARCHED = 1 << 16;

/** Answers shorter than this are labels and words: they have no middle to stop in. */
const MIN_CUT = 24;
/** A sentence does not end with these. */
const OPEN_ENDS = new Set(Array.from(',;([{<=+&/\\|“‘«', (sign) => sign.charCodeAt(0)));

/** What can be wrong with the last answer of a row, told from the row alone. */
export function checkAnswer(signs: RowSigns, report: Report): void {
  const { path, answer, answerBits, answerFrom, answerTo, bits } = signs;
  if (answer.length === 0) return;
  const mayRefuse =
    mayBeginRefusal(answer.first) || (answerTo > answerFrom && (bits[answerFrom] as number) & WORD.refusing);
  const refuses = mayRefuse ? REFUSAL.test(answer.head) : false;
  if (refuses) report('answer_refuses', path, 'This answer refuses to answer.', answer.head);
  if (answerBits & WORD.machine) {
    const found = BOILERPLATE.exec(answer.text.slice(0, MAX_SEARCHED));
    if (found && !refuses)
      report(
        'answer_boilerplate',
        path,
        `“${found[0]}”: this answer speaks of being a language model.`,
        answer.text.slice(Math.max(0, found.index - 60)),
      );
  }
  const repeats = repeatedWords(signs);
  if (repeats > 0)
    report(
      'answer_repeats_question',
      path,
      `The answer ${repeats === signs.answerTo - signs.answerFrom ? 'is' : 'starts with'} the question.`,
      answer.head,
    );
  const cut = howItStops(signs);
  if (cut) report('answer_cut_off', path, `The answer stops ${cut}.`, answer.tail);
}

/**
 * By a sign that the lexicon has no word for: a quote or space beyond ASCII, or the first one of the Japanese and Korean
 * words of regret, which go on in several ways. assembly/rows/take-rows.ts has the same ones.
 */
const mayBeginRefusal = (first: number): boolean =>
  first > 127 && ((first >= 0x2000 && first < 0x2070) || [0xa0, 0x3000, 0x3059, 0xc8c4].includes(first));

/** How many words of the question the answer starts with: all of them, or 0. */
function repeatedWords({ words, questionFrom, questionTo, answerFrom, answerTo }: RowSigns): number {
  const asked = questionTo - questionFrom;
  if (asked < 4 || answerTo - answerFrom < asked) return 0;
  for (let i = 0; i < asked; i++) if (words[questionFrom + i] !== words[answerFrom + i]) return 0;
  return asked;
}

/** Where an answer was cut off, in words, or null. */
function howItStops({ answer, lastBits, calls }: RowSigns): string | null {
  if (calls) return null;
  const { first, last } = answer;
  if ((first === 0x7b || first === 0x5b) && answer.text[1] !== '[' && isCutJson(answer.text))
    return 'in the middle of JSON';
  if (answer.length < MIN_CUT) return null;
  if (answer.mayHoldCode && answer.text.split('```').length % 2 === 0) return 'inside a block of code';
  if (OPEN_ENDS.has(last)) return `with “${String.fromCharCode(last)}”`;
  if (lastBits & WORD.connecting && isSmall(last)) return 'after a word that a sentence cannot end with';
  return null;
}

const isSmall = (unit: number): boolean =>
  unit < 128 ? unit >= 97 && unit <= 122 : /\p{Ll}/u.test(String.fromCharCode(unit));

/** Brackets that are open at the end; texts such as "[1] see below" start with a bracket and are none. */
function isCutJson(answer: string): boolean {
  if (!/^(?:\{\s*["}]|\[\s*[[{"\]\d-])/.test(answer)) return false;
  let depth = 0;
  let inText = false;
  for (let i = 0; i < answer.length; i++) {
    const unit = answer.charCodeAt(i);
    if (unit === 0x5c) i++;
    else if (unit === 0x22) inText = !inText;
    else if (inText) continue;
    else if (unit === 0x7b || unit === 0x5b) depth++;
    else if ((unit === 0x7d || unit === 0x5d) && --depth === 0) return false;
  }
  return true;
}
