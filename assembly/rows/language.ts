// Languages by number, as language.ts names them: 0 is not known, then those that are told apart by their words, then those
// with a script of their own in the order of the scripts.
const SCRIPTS: u32 = 10;
const FIRST_OWN: u32 = 2;
const OWN: u32 = 13 - FIRST_OWN;
const KANA: u32 = 8;
const HAN: u32 = 9;
const WORD_LANGUAGES: u32 = 12;
const HITS: usize = 64;
/** So many common words of one language make it likely, and half as many again as of any other. */
const MIN_HITS: u32 = 3;
/** Fewer letters of a script say nothing. */
const MIN_LETTERS: u32 = 4;

/**
 * The language of a text, or 0 where nothing says it with some certainty: a short text, a list of numbers, code.
 * @param counts  letters by script, then known words by language, 4 bytes each
 */
export function languageOf(counts: usize): u32 {
  let all: u32 = 0;
  let top: u32 = 0;
  for (let script: u32 = 0; script < SCRIPTS; script++) {
    all += at(counts, script);
    if (at(counts, script) > at(counts, top)) top = script;
  }
  if (top >= FIRST_OWN) {
    if (at(counts, top) * 2 <= all || all < MIN_LETTERS) return 0;
    return OWN + (top === HAN && at(counts, KANA) * 10 > at(counts, HAN) ? KANA : top);
  }
  return byWords(counts + HITS);
}

function byWords(hits: usize): u32 {
  let best: u32 = 0;
  let second: u32 = 0;
  for (let language: u32 = 1; language < WORD_LANGUAGES; language++) {
    const count = at(hits, language);
    if (count > at(hits, best)) {
      second = at(hits, best);
      best = language;
    } else if (count > second) second = count;
  }
  const most = at(hits, best);
  return most >= MIN_HITS && most * 2 >= second * 3 ? best + 1 : 0;
}

function at(counts: usize, index: u32): u32 {
  return load<u32>(counts + ((<usize>index) << 2));
}
