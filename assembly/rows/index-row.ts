import { plainHash } from './ascii';
import { addPrompt, notePlain, noteText } from './index-words';
import { DEVELOPER, field, messages, SYSTEM, USER } from './json-row';
import { ROW_WORDS, ROW_WORDS_ROOM } from './layout';
import { isKnownPrompt } from './plain-row';
import { LOOKED_AT, OUTSIDE_ASCII, words } from './text-words';

/** Takes the words of the row that was read last into the index. */
export function noteRow(): void {
  noteNames();
  for (let i: u32 = 0; i < messages; i++) {
    const role = field(i, 0);
    const text = <usize>field(i, 1);
    const length = field(i, 2);
    const isPrompt = role === SYSTEM || role === DEVELOPER;
    if (isPrompt && isKnownPrompt(text, length)) {
      addPrompt();
      continue;
    }
    // Words beyond ASCII are cut in another way there, and of long texts not all were read.
    if (isPrompt || field(i, 4) & OUTSIDE_ASCII || length > LOOKED_AT || words === ROW_WORDS_ROOM) {
      noteText(text, length);
      continue;
    }
    const to = field(i, 9);
    for (let word = field(i, 8); word < to; word++) notePlain(load<u32>(ROW_WORDS + ((<usize>word) << 2)));
  }
}

/** "messages", "role", "content", then the roles in the order of their numbers. */
const NAMES = memory.data<u8>([
  0x6d, 0x65, 0x73, 0x73, 0x61, 0x67, 0x65, 0x73, 0x72, 0x6f, 0x6c, 0x65, 0x63, 0x6f, 0x6e, 0x74, 0x65, 0x6e, 0x74,
  0x73, 0x79, 0x73, 0x74, 0x65, 0x6d, 0x64, 0x65, 0x76, 0x65, 0x6c, 0x6f, 0x70, 0x65, 0x72, 0x75, 0x73, 0x65, 0x72,
  0x61, 0x73, 0x73, 0x69, 0x73, 0x74, 0x61, 0x6e, 0x74,
]);

/** The words of the JSON around the texts: who looks for "user" finds the rows that have it as a role too. */
function noteNames(): void {
  noteName(0, 8);
  noteName(8, 4);
  noteName(12, 7);
  let roles: u32 = 0;
  for (let i: u32 = 0; i < messages; i++) roles |= (<u32>1) << field(i, 0);
  if (roles & (1 << SYSTEM)) noteName(19, 6);
  if (roles & (1 << DEVELOPER)) noteName(25, 9);
  if (roles & (1 << USER)) noteName(34, 4);
  noteName(38, 9);
}

function noteName(from: usize, length: u32): void {
  notePlain(<u32>(plainHash(NAMES + from, length) >> 32));
}
