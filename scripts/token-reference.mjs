// Writes the token counts that OpenAI's tiktoken (npm `tiktoken`, the Rust library as WebAssembly) gives for a varied corpus:
// the reference that the counter is tested against.   node scripts/token-reference.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { get_encoding } from 'tiktoken';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const target = path.join(root, 'src/features/datasets/server/import/o200k/reference-counts.json');

const languages = [
  'The quick brown fox can’t jump over 12,345 lazy dogs; it’s O’Neil’s IDEA, isn’t it?',
  'Die Straße führt über den Fluß – Donaudampfschifffahrtsgesellschaftskapitänsmütze, ÄÖÜ ẞ.',
  'L’été dernier, où étiez-vous ? Çà et là, l’œuvre naïve de l’élève.',
  'El niño preguntó: ¿cuántos años tenía el pingüino? ¡Más de 1.000.000!',
  'Привет, мир! Съешь же ещё этих мягких французских булок, да выпей чаю. ЁЖИК',
  'Ξεσκεπάζω την ψυχοφθόρα βδελυγμία. ΑΒΓ ς σ Σ',
  'نص حكيم له سر قاطع وذو شأن عظيم مكتوب على ثوب أخضر ١٢٣٤٥',
  'דג סקרן שט בים מאוכזב ולפתע מצא חברה. שָׁלוֹם',
  'ऋषियों को सताने वाले दुष्ट राक्षसों के राजा रावण का सर्वनाश करने वाले विष्णुवतार भगवान श्रीराम। १२३',
  'নমস্কার বিশ্ব! আমার সোনার বাংলা।',
  'வணக்கம் உலகம்! யாமறிந்த மொழிகளிலே',
  'เป็นมนุษย์สุดประเสริฐเลิศคุณค่า กว่าบรรดาฝูงสัตว์เดรัจฉาน',
  'いろはにほへと ちりぬるを。東京都の人口は約１４００万人です。カタカナ、ひらがな、漢字',
  '天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。《中文》“引号”——破折号……２０２６年',
  '모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. ㄱㄴㄷ',
  'Tiếng Việt: Chào thế giới! Người ta nói rằng đường đi rất xa.',
  'İstanbul’da ığdır şişe; ILIK ılık İNCE ince',
  'Zażółć gęślą jaźń. Příliš žluťoučký kůň úpěl ďábelské ódy. Árvíztűrő tükörfúrógép',
  'Հայաստան ամենայն հայոց. ქართული ენა ძალიან ლამაზია.',
  'አማርኛ ፊደል፡ ሰላም ለዓለም። ᚠᚢᚦᚨᚱᚲ 𐌰𐌱𐌲 𝒜𝓁𝑔𝑒𝒷𝓇𝒶 𠮷野家',
];

const signs = [
  '😀😃😄 👩‍👩‍👧‍👦 🇩🇪🇫🇷 🏳️‍🌈 👍🏽 ❤️ ☎️ 1️⃣ 🧑🏿‍🚀🫠🩷',
  'e\u0301 a\u0308\u0323 \u0301alone A\u0301B z\u0336a\u0337l\u0338g\u0335o\u0334 ก็ ด้วย',
  '<|endoftext|> <|im_start|>system<|im_sep|> <|fim_prefix|>x<|fim_suffix|><|endofprompt|>',
  '\u0085next\u00a0nbsp\u2028line\u2029par\u3000wide\u200bzero\ufeffbom\u00adsoft',
  "Ǆ ǅ ǆ ﬁ ß ẞ ʰʷ ª º ſ it’ſ IT'ſ 'S's'LL'll'Re'VE",
  '\t\tif (a<=b) {\r\n\r\n   return x;\r\n}\r\n\n\n   \n',
  'https://example.com/a/b?c=d&e=f#g // path/\n/\n C:\\Users\\x\\y.txt ../../etc',
  '½ ⅓ Ⅷ ² ₂ ١٢٣٤ ৫৬ 1234567890 3.14159 1e-10 0xDEADBEEF 192.168.0.1',
  '!!!??? ... ---- ==== ____ #### $$$$ %%%% ^^^^ &&&& **** (((( )))) [[[[ ]]]] {{{{ }}}} ~~~~ ````',
  '{"a":[1,2.5,-3e4,{"b":null,"c":"\\u00e9\\n"}],"d":true}\n',
  'camelCase PascalCase SCREAMING_SNAKE kebab-case XMLHttpRequest iPhone15 ABc aBC ABCd',
  'SELECT * FROM "t" WHERE a != \'b\' AND c IN (1,2,3) -- comment\n;',
  'def f(x: int) -> str:\n\treturn f"{x ** 2:>10}"  # ok\n\n\nclass A(B):\n    pass\n',
  '$\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2}$ ∀x∈ℝ: ⌈x⌉ ≠ ∅ ⇒ ∞',
  'a'.repeat(3000),
  'ab '.repeat(700),
  '漢'.repeat(800),
  '='.repeat(600),
  ' '.repeat(500),
  `x${'\n'.repeat(300)}y`,
  'Xy9'.repeat(600),
  '\u{1F600}'.repeat(300),
  'e\u0301'.repeat(400),
];

/** A generator with the same numbers on every machine (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Characters of a few blocks in a row, as no language has them. */
function* mixtures(count) {
  const next = random(4);
  const blocks = [
    0x20, 0x41, 0x61, 0x30, 0xc0, 0x100, 0x300, 0x370, 0x400, 0x5d0, 0x627, 0x905, 0xe01, 0x1100, 0x2000, 0x2190,
  ];
  blocks.push(0x3041, 0x30a1, 0x4e00, 0xac00, 0xfb00, 0x1d400, 0x1f300, 0x20000, 0x0a, 0x0d, 0x27, 0x2f);
  for (let i = 0; i < count; i++) {
    let text = '';
    for (let length = 5 + next() * 120; length > 0; length--) {
      const block = blocks[Math.floor(next() * blocks.length)] ?? 0x20;
      const single = block < 0x30 && block !== 0x20;
      text += String.fromCodePoint(single ? block : block + Math.floor(next() * 26)).repeat(next() < 0.2 ? 3 : 1);
    }
    yield text;
  }
}

/** Pieces of this repository: code of several kinds, prose, data. */
function* repository() {
  const files = [
    'scripts/pretrain/pretrain.py',
    'package.json',
    'src/app/globals.css',
    'README.md',
    'docs/openapi.json',
  ];
  for (const folder of ['docs/decisions', 'prisma/schema', 'prisma/samples', 'assembly/rows', 'scripts/postgres'])
    for (const name of readdirSync(path.join(root, folder)).sort()) files.push(`${folder}/${name}`);
  for (const file of files) {
    const text = readFileSync(path.join(root, file), 'utf8');
    for (let at = 0; at < Math.min(text.length, 4000); at += 2000) yield text.slice(at, at + 700);
  }
}

const encoding = get_encoding('o200k_base');
const texts = [...languages, ...signs, ...mixtures(150), ...repository()];
const counts = texts.map((text) => [text, encoding.encode_ordinary(text).length]);
encoding.free();
writeFileSync(target, `[\n${counts.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`);
console.log(
  `${path.relative(root, target)}: ${texts.length} texts, ${counts.reduce((sum, [, n]) => sum + n, 0)} tokens`,
);
