import { random } from './random';

const SYLLABLES = 'ka lo mi ren sta ver qui ton ble ra du fen gor hil jas nov pel sur tix wem zor a e in on er'.split(
  ' ',
);
const EXTRAS = [
  '漢字かな交じり',
  '🙂',
  'const x = f(y, 42);',
  'Straße',
  '\n\n- ',
  'https://example.org/a?b=c',
  '3.14159',
  'naïve',
];

/** Synthetic chats with a vocabulary whose words are as unevenly frequent as in real text; about 555 bytes a row. */
export function* chatRows(count: number, seed = 1): Generator<string> {
  const next = random(seed);
  const words = Array.from({ length: 20_000 }, () =>
    Array.from({ length: 1 + Math.floor(next() * 3) }, () => SYLLABLES[Math.floor(next() * SYLLABLES.length)]).join(''),
  );
  const word = () => words[Math.floor(words.length ** next()) - 1] ?? 'a';
  const text = (length: number) =>
    Array.from({ length }, () => (next() < 0.02 ? EXTRAS[Math.floor(next() * EXTRAS.length)] : word())).join(' ');
  let batch = '';
  for (let i = 0; i < count; i++) {
    const messages = [
      ...(next() < 0.3
        ? [{ role: 'system', content: 'You are a helpful assistant. Answer briefly and truthfully.' }]
        : []),
      ...Array.from({ length: 1 + Math.floor(next() * 2.5) }, () => [
        { role: 'user', content: text(6 + Math.floor(next() * 18)) },
        { role: 'assistant', content: text(8 + Math.floor(next() * 32)) },
      ]).flat(),
    ];
    batch += `${JSON.stringify({ messages })}\n`;
    if (batch.length < 1 << 18) continue;
    yield batch;
    batch = '';
  }
  yield batch;
}
