import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createCatalog, sayMistake } from '../catalog/index.ts';
import { renderFiles } from './init/files.ts';
import { Answers, QUESTIONS, wrongWith } from './init/questions.ts';
import type { Question } from './init/questions.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** What was answered on the command line already. */
export type InitOptions = Partial<Answers>;

const MANIFEST = path.join(import.meta.dirname, '..', '..', 'manifest.yml');
const ROLLBOT = path.join(import.meta.dirname, '..', '..', 'bin', 'rollbot.js');
const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

/** Asks what it has not been told, and writes a `rollbot.yml`, the Slack app's manifest and a first procedure that work. */
export async function initCommand(terminal: Terminal, folder: string, options: InitOptions): Promise<number> {
  const { stderr } = terminal;
  const there = ['rollbot.yml', 'procedures', 'manifest.yml'].filter((name) => existsSync(path.join(folder, name)));
  if (there.length > 0) {
    stderr.write(
      `rollbot: ${there.join(' and ')} ${there.length === 1 ? 'is' : 'are'} there already. Name a new folder: rollbot init <folder>\n`,
    );
    return EXIT.failed;
  }
  const answers: Record<string, string> = {};
  for (const question of QUESTIONS) {
    const answer = await answerTo(terminal, question, options[question.name]);
    if ('says' in answer) {
      stderr.write(`rollbot: ${answer.says}\n`);
      return EXIT.usage;
    }
    answers[question.name] = answer.text;
  }
  return await write(terminal, folder, Answers.parse(answers));
}

/** Asks until it is answered in a way that can be used; an option that is wrong is not asked again. */
async function answerTo(
  { ask, stdout }: Terminal,
  { name, asks, example, preset }: Question,
  given: string | undefined,
): Promise<{ readonly text: string } | { readonly says: string }> {
  if (given !== undefined) {
    const says = wrongWith(name, given);
    return says === null ? { text: given } : { says: `--${name} ${says}` };
  }
  for (;;) {
    const line = await ask(`${asks}\n  such as ${example}${preset === undefined ? '' : ` [${preset}]`}: `);
    if (line === null) return { says: `Nobody answered. Say it on the command line: --${name} '${example}'` };
    const text = line.trim() || (preset ?? '');
    const says = wrongWith(name, text);
    if (says === null) return { text };
    stdout.write(`  ${says}\n`);
  }
}

async function write({ stdout, stderr }: Terminal, folder: string, answers: Answers): Promise<number> {
  const at = (name: string): string => path.join(folder, name);
  await mkdir(at('procedures'), { recursive: true });
  // wx: what somebody else has put there in the meantime is theirs.
  for (const [name, text] of Object.entries(renderFiles(answers))) await writeFile(at(name), text, { flag: 'wx' });
  await copyFile(MANIFEST, at('manifest.yml'));
  const opened = await createCatalog({ proceduresFolder: at('procedures'), settingsFile: at('rollbot.yml'), log: QUIET });
  const mistakes = opened.status === 'ready' ? opened.catalog.mistakes() : opened.mistakes;
  for (const mistake of mistakes) stderr.write(`${sayMistake(mistake)}\n`);
  stdout.write(nextSteps(folder, answers));
  return mistakes.length > 0 ? EXIT.failed : EXIT.ok;
}

/** Commands are shown with the way to them from the folder of the files, where nothing else knows of them. */
function nextSteps(folder: string, { procedure }: Answers): string {
  const into = folder === '.' ? '' : `  cd ${folder}\n`;
  const rollbot = path.relative(folder, ROLLBOT);
  return `
Written: ${path.join(folder, 'rollbot.yml')}, ${path.join(folder, 'manifest.yml')} and ${path.join(folder, 'procedures', `${procedure}.yml`)} with its rehearsal.

Next:
${into}  ${rollbot} check       # every mistake as file:line:column
  ${rollbot} rehearse    # play what happens, without touching anything
  ${rollbot} doctor      # what would fail on the day, and what to do
Create the Slack app from manifest.yml at https://api.slack.com/apps, and invite it to the channel. Then:
  SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… ${rollbot} start
and in Slack: /rollback ${procedure} staging version=…
`;
}
