/** Everyday words that tell languages in Latin letters apart. Words that two of them share count for both. */
const everyday = {
  en: 'the and is are to of you your that this it in for on with be we can have was not will do from or if please what how i a my me but as at so has been when just do no now there still again',
  de: 'der die das und ist sind nicht ein eine einen ich sie wir mit für auf zu den dem im von bitte wie was oder auch wird haben kann ihre nach',
  fr: 'le la les et est sont pas un une des du je vous nous avec pour sur dans que qui au ce cette votre ne il elle plus merci être',
  es: 'el la los las y es son no un una de del que en por para con su se lo como está usted más pero puede gracias qué cómo este esta',
  it: 'il la gli le e è sono non un una di del della che in per con si ma come più può questo questa grazie nel alla sua anche lo',
  pt: 'o a os as e é são não um uma de do da que em por para com seu sua se mas como mais você pode obrigado está este esta ao',
  nl: 'de het een en is zijn niet ik u je we met voor op van te dat die in aan ook wordt kunt hebben naar hoe wat uw dit maar of',
  sv: 'och är det en ett att inte jag du vi med för på av som den till har kan om eller från hur vad din ditt sig så men',
  da: 'og er det en et at ikke jeg du vi med for på af som den til har kan om eller fra hvordan hvad din dit sig så men blev',
  no: 'og er det en et å ikke jeg du vi med for på av som den til har kan om eller fra hvordan hva din ditt seg så men ble',
  fi: 'ja on ei se että en olen ovat hän minä sinä kun mutta tai myös jos voi mitä miten kanssa ole tämä joka niin oli',
  pl: 'i jest nie w na się z do że to są jak ale o po za czy dla proszę przez od który może oraz będzie jego',
  cs: 'a je není v na se že to jsou jak ale o po za pro prosím od který může nebo by jsem bude jeho při také',
  tr: 've bir bu için ile değil da de ne nasıl olarak var çok daha gibi ama sonra kadar lütfen evet hayır olan mi size',
  ro: 'și este nu un o de la în pe cu pentru că sunt din ce mai care dar sau vă se acest această fi am',
  hu: 'a az és nem egy van hogy ez is de ha vagy meg kell csak már mint volt nagyon kérem hogyan ezt lesz',
  id: 'dan yang di ini itu tidak untuk dengan dari adalah pada ke akan bisa saya anda kami atau juga dalam apa sudah ada',
  vi: 'và là của không có cho được với các một những này tôi bạn để trong người đã khi như thì từ',
} as const;

/** Letters that hardly another one of them has; one is worth two everyday words. */
const letters: Partial<Record<keyof typeof everyday, RegExp>> = {
  de: /ß/,
  es: /[ñ¿¡]/,
  pt: /[ãõ]/,
  pl: /[łąęśźż]/,
  cs: /[řěů]/,
  tr: /[ğı]/,
  ro: /[țăș]/,
  hu: /[őű]/,
  vi: /[ơưđạảấầẩậắằặẹẻếềểễệịọỏốồổộớờởợụủứừửựỳ]/,
};

/** Scripts that stand for a language by themselves, or nearly so. */
const scripts = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['bn', /\p{Script=Bengali}/gu],
  ['ta', /\p{Script=Tamil}/gu],
  ['te', /\p{Script=Telugu}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['ka', /\p{Script=Georgian}/gu],
  ['hy', /\p{Script=Armenian}/gu],
] as const;

export type Language = keyof typeof everyday | (typeof scripts)[number][0] | 'uk' | 'fa';

const SAMPLE = 600;
const WORD = /\p{L}+/gu;
const NOT_ASCII = /[\u0080-\uffff]/;
const FEWEST_HITS = 2;
const LEAST_SHARE = 0.12;

const byWord = new Map<string, (keyof typeof everyday)[]>();
for (const language of Object.keys(everyday) as (keyof typeof everyday)[])
  for (const word of everyday[language].split(' ')) byWord.set(word, [...(byWord.get(word) ?? []), language]);

/**
 * The language a text is most likely written in, by its script and its everyday words; no model, no network. Looks at the
 * first 600 characters.
 *
 * @returns null where the text does not tell: labels, names, numbers, code, a few words only
 */
export function languageOf(text: string): Language | null {
  const sample = (text.length > SAMPLE ? text.slice(0, SAMPLE) : text).toLowerCase();
  if (NOT_ASCII.test(sample)) {
    const script = scriptOf(sample);
    if (script) return script;
  }
  const words = sample.match(WORD) ?? [];
  const hits = new Map<keyof typeof everyday, number>();
  for (const word of words) for (const one of byWord.get(word) ?? []) hits.set(one, (hits.get(one) ?? 0) + 1);
  if (NOT_ASCII.test(sample))
    for (const [one, pattern] of Object.entries(letters) as [keyof typeof everyday, RegExp][])
      if (pattern.test(sample)) hits.set(one, (hits.get(one) ?? 0) + 2);
  const [best, second] = [...hits].sort(([, a], [, b]) => b - a);
  if (!best || best[1] < Math.max(FEWEST_HITS, words.length * LEAST_SHARE) || best[1] === second?.[1]) return null;
  return best[0];
}

/** Only where that script is a third of all letters: a Greek letter in a formula is no Greek. */
function scriptOf(sample: string): Language | null {
  const all = sample.match(/\p{L}/gu)?.length ?? 0;
  if (all === 0) return null;
  const share = (pattern: RegExp): number => (sample.match(pattern)?.length ?? 0) / all;
  const kana = share(scripts[0][1]);
  if (kana > 0.1) return 'ja';
  for (const [language, pattern] of scripts.slice(1)) {
    if (share(pattern) < 1 / 3) continue;
    if (language === 'ru' && /[іїєґ]/.test(sample)) return 'uk';
    if (language === 'ar' && /[پچژگ]/.test(sample)) return 'fa';
    return language;
  }
  return null;
}

const names = new Intl.DisplayNames('en', { type: 'language' });

/** "German"; "unclear" for texts that do not tell. */
export const languageName = (language: string): string =>
  language === 'und' ? 'unclear' : (names.of(language) ?? language);
