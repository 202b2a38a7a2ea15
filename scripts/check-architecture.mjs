// The architecture law: who may import whom (scripts/config/dependency-cruiser.cjs), how long a file may be, and that
// every suppression of a tool carries its reason.   node scripts/check-architecture.mjs
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));

const LAW = { minModules: 50, p90Lines: 180, maxLines: 300 };
const problems = [];

/** Runs dependency-cruiser over the code. @returns {{ modules: { source: string }[], summary: any }} */
function cruise() {
  const tool = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
  const folders = ['src', 'prisma', 'e2e'].filter((folder) => files.some((file) => file.startsWith(`${folder}/`)));
  const args = [tool, ...folders, '--config', 'scripts/config/dependency-cruiser.cjs', '--output-type', 'json'];
  const options = { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, stdio: ['ignore', 'pipe', 'inherit'] };
  try {
    return JSON.parse(execFileSync(process.execPath, args, options));
  } catch (error) {
    // It ends with the number of violations; the report is on stdout all the same.
    if (error.stdout?.trim()) return JSON.parse(error.stdout);
    throw error;
  }
}

function checkImports() {
  const { modules, summary } = cruise();
  const seen = modules.filter(({ source }) => source.startsWith('src/')).length;
  console.log(
    `imports   ${seen} modules below src/, ${summary.totalDependenciesCruised} imports, ${summary.violations.length} against the law`,
  );
  if (seen < LAW.minModules) {
    problems.push(
      `Only ${seen} modules were seen (at least ${LAW.minModules} expected): the import check did not work.`,
    );
  }
  for (const { rule, from, to, cycle } of summary.violations) {
    const reason = modules.length > 0 ? ruleComments.get(rule.name) : '';
    const chain = cycle?.length ? ` (cycle: ${cycle.map(({ name }) => name).join(' -> ')})` : '';
    problems.push(`${from} imports ${to}${chain}\n    ${rule.name}: ${reason}`);
  }
}

const ruleComments = new Map(
  (await import('./config/dependency-cruiser.cjs')).default.forbidden.map(({ name, comment }) => [name, comment]),
);

/** Every source file git knows or would take, generated ones aside. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(ts|tsx|mjs|cjs|css|py)$/.test(file) && !/(^|\/)generated\//.test(file));

function checkSizes(sources) {
  const sizes = sources
    .map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }))
    .sort((a, b) => a.lines - b.lines);
  const at = (share) => sizes[Math.min(sizes.length - 1, Math.ceil(share * sizes.length) - 1)].lines;
  const longest = sizes.at(-1);
  console.log(
    `sizes     ${sizes.length} files: median ${at(0.5)}, p90 ${at(0.9)}, longest ${longest.lines} (${longest.file})`,
  );
  if (at(0.9) > LAW.p90Lines)
    problems.push(`p90 of file lengths is ${at(0.9)} lines, at most ${LAW.p90Lines} are wanted.`);
  for (const { file, lines } of sizes) {
    if (lines > LAW.maxLines)
      problems.push(
        `${file} has ${lines} lines (limit ${LAW.maxLines}). It holds two ideas: find the second one's name.`,
      );
  }
}

/** A suppression must say why on the same line, after a colon or a dash. */
const SUPPRESSION =
  /(biome-ignore(?:-all|-start)?\s+[\w/.]+|@ts-expect-error|@ts-ignore|@ts-nocheck|eslint-disable\S*|c8 ignore\S*)(.*)$/;

function checkSuppressions(sources) {
  let count = 0;
  for (const { file, text } of sources) {
    if (file === 'scripts/check-architecture.mjs') continue;
    text.split('\n').forEach((line, index) => {
      const found = SUPPRESSION.exec(line);
      if (!found) return;
      count += 1;
      const reason = (found[2] ?? '')
        .replace(/^[\s:–-]+/, '')
        .replace(/\*\/.*$/, '')
        .trim();
      if (reason.length < 10) problems.push(`${file}:${index + 1} suppresses a check without a reason: ${line.trim()}`);
    });
  }
  console.log(`silenced  ${count} suppressions`);
}

const sources = files.flatMap((file) => {
  try {
    return [{ file, text: readFileSync(file, 'utf8') }];
  } catch {
    return []; // deleted, not committed yet
  }
});
checkImports();
checkSizes(sources);
checkSuppressions(sources);

if (problems.length > 0) {
  console.error(`\n${problems.length} against the law:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  process.exit(1);
}
