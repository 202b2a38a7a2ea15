/** What assembly/rows exports. Texts lie at the address that `text` gives, in UTF-8. */
export interface EngineExports {
  memory: WebAssembly.Memory;
  classes(): number;
  deriveKinds(): void;
  text(bytes: number): number;
  loadRanks(length: number): void;
  count(length: number): number;
  take(length: number): number;
  mix(length: number): void;
  mixNumber(value: number): void;
  startHash(): void;
  hashHigh(): number;
  hashLow(): number;
  smallLetters(): number;
  startSegment(): void;
  addMark(mark: number): void;
  rowHead(): number;
  rows(): number;
  tokenMarks(): number;
  blockPlaces(): number;
  contents(): number;
  startRows(): void;
  storeRow(
    line: number,
    ordinal: number,
    tokens: number,
    trainable: number,
    high: number,
    low: number,
    nearHigh: number,
    nearLow: number,
    flags: number,
    score: number,
    split: number,
    length: number,
  ): number;
  clearRows(): void;
  startContents(): void;
  stored: WebAssembly.Global;
  segmentRows: WebAssembly.Global;
  lastLine: WebAssembly.Global;
  lastPlace(): number;
  startCounts(): void;
  counts(): number;
  rules(): number;
  piece(): number;
  takeRows(from: number, end: number, line: number, ordinal: number): number;
  messages: WebAssembly.Global;
  next: WebAssembly.Global;
  taken: WebAssembly.Global;
  hasKin: WebAssembly.Global;
  told: WebAssembly.Global;
  addMarks(a: number, b: number, c: number, d: number, flagMark: number, flags: number): void;
  addText(length: number): void;
  endBlock(): number;
  placeCount(): number;
  takeWords(): number;
  wordCount(): number;
  writePages(bits: number): number;
  tokenEnds(length: number): number;
  scripts(): number;
  plainSigns(): number;
  rowWords(): number;
  rowFacts(): number;
  rowMessages(): number;
  learn(word: number, bits: number): void;
  readText(length: number, known: boolean): void;
  forgetWords(count: number): void;
  wordsOfRow(): number;
  seenSigns(): number;
  mostDigits(): number;
  longestMixed(): number;
  saidOfWords(): number;
  readRow(length: number): number;
  keepPrompt(message: number): void;
  noteRow(): void;
  rowKin(): number;
  startKin(near: boolean): void;
  keepGroups(): void;
  findKin(line: number, high: number, low: number, askedHigh: number, askedLow: number, words: number): number;
  groupHigh(row: number): number;
  groupLow(row: number): number;
  lineOfRow(row: number): number;
  language(): number;
  takeAnswer(length: number): void;
  figures(): number;
  startUsual(): void;
  learnRow(): void;
  measureRow(): void;
  judgeRow(): number;
  usualLength(): number;
  usualShare(): number;
  usualFit(): number;
  labelText(label: number): number;
  wholeLabel: WebAssembly.Global;
  likelyLabel: WebAssembly.Global;
  usualTokens(): number;
  commonLanguage(): number;
  commonEnd(): number;
}
