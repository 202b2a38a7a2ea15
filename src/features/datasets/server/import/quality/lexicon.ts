/** Languages that are told apart by their commonest words, each with a bit of its own. */
export const WORD_LANGUAGES = [
  ...['English', 'German', 'French', 'Spanish', 'Portuguese', 'Italian', 'Dutch', 'Polish', 'Swedish', 'Turkish'],
  ...['Russian', 'Ukrainian'],
] as const;

/** The commonest short words of each language, from common knowledge of their grammar: articles, pronouns, conjunctions, auxiliaries. */
const COMMON: Record<(typeof WORD_LANGUAGES)[number], string> = {
  English:
    'the of and to in is that it for was with as on be at by this have from or are not but an they which you one were we her she he his has had will would can could if do does did what when how who where why your my me there their been more about please i am',
  German:
    'der die das und ist nicht ein eine einen einem einer zu den dem des mit auf für von im es sich auch als an ich wir sie er ihr wird sind haben hat werden kann können bei oder aber wenn wie was wo warum wann mein dein ihre nach aus noch nur über um bitte',
  French:
    'le la les des est et un une que qui dans pour pas sur au avec ce il elle ne se sont nous vous je mais ou où par plus son sa ses aux cette être avoir fait comme si leur était du de mon ma quel quelle comment pourquoi',
  Spanish:
    'el la los las de que y en un una es no se por con para su al lo como más pero sus le ya este sí porque esta entre cuando muy sin sobre también me hasta hay donde qué cómo puedo mi yo del está son tiene',
  Portuguese:
    'o os as um uma de que e é em não do da dos das no na nos nas por com para se mais como mas ao ele ela seu sua ou quando muito já eu também pelo pela até isso são está você meu minha tem foi qual',
  Italian:
    'il lo la gli le di che e è un una in non per con del della dei delle si come più ma al alla anche io sono ha hanno questo questa nel nella dal dalla se cosa quando dove perché mio mia ci sua suo puoi',
  Dutch:
    'de het een en van is dat niet in op te zijn met voor aan er maar om dan ook als bij of uit naar heeft hebben wordt deze dit wij jij hij zij ik je u kan kunnen wat hoe waar waarom mijn nog geen door over',
  Polish:
    'i w na z do się nie że jest to jak o po co ale dla od za czy przez tak są być może mi go jej ich który która które był była już tylko ten ta te oraz lub moje mój',
  Swedish:
    'och att det som en på är av för med till den har de inte om ett han men var jag från vi så kan när hur vad min där eller du ska blir över också efter ditt din',
  Turkish:
    've bir bu da de için ile çok ne mi en daha gibi ama var olarak kadar sonra ben sen o biz nasıl neden değil olan ise ya her',
  Russian:
    'и в не на я что он с как это по но они мы она так его из за то у от же вы бы для или мой если до когда где почему был была быть есть ли можно',
  Ukrainian:
    'і в не на я що він з як це по але вони ми вона так його із за то у від ж ви для або мій якщо до коли де чому був була бути є чи можна',
};

/** Bits above those of the languages: what a word says about the text it stands in. */
export const WORD = {
  /** Too common to say what a text is about. */
  common: 1 << 16,
  /** A sentence does not end with it. */
  connecting: 1 << 17,
  /** Stands before what is to be kept secret. */
  secret: 1 << 18,
  /** Stands in sentences about being a machine; so does a word of ASCII letters and others: see text-words.ts. A Han sign begins a word. */
  machine: 1 << 19,
  /** A refusal can begin with it. */
  refusing: 1 << 20,
} as const;

const CONNECTING =
  'and or but the of to a an with for from that which because if und oder aber der die das mit für von dass weil et ou le la les des avec pour que y o el los las con para e il gli di che per en het een van met als och att som med för i и или но что для если w z do że oraz ve için ile';
const SECRET = 'password passwd secret token key apikey bearer pwd passphrase';
const MACHINE =
  'ai artificial artificielle llm llms openai chatgpt gpt anthropic claude cutoff ki ia ии language languages linguistique sprachmodell lenguaje linguagem linguistico chatbot 智 模';

const REFUSING =
  'i sorry apologies my unfortunately as es tut als da je désolé désolée navré en lo como desculpe sinto lamento mi het извините к простите 抱 对 很 對 申 申し';

/** Words, and the bits that each of them has: first languages, then WORD. A word of several lists has the bits of all. */
export const lexicon: readonly (readonly [words: string, bits: number])[] = [
  ...WORD_LANGUAGES.map((language, i) => [COMMON[language], (1 << i) | WORD.common] as const),
  [CONNECTING, WORD.connecting],
  [SECRET, WORD.secret],
  [MACHINE, WORD.machine],
  [REFUSING, WORD.refusing],
];
