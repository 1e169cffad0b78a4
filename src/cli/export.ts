import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createCatalog, sayMistake } from '../catalog/index.ts';
import { readPaths } from '../config.ts';
import { exportScript } from '../core/export/script.ts';
import type { Exported } from '../core/export/script.ts';
import type { Exports } from '../core/export/schema.ts';
import type { Params } from '../core/incident/event.ts';
import type { Catalog } from '../core/ports.ts';
import { resolveTarget } from '../core/procedure/order.ts';
import { didYouMean, sayList } from '../core/procedure/nearest.ts';
import { pinTargetNamed } from '../runner/index.ts';
import { readRuntime } from './export-runtime.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

export type ExportOptions = {
  readonly target?: string;
  readonly output?: string;
  readonly drill?: true;
  readonly all?: true;
  readonly check?: true;
};

type Wanted = Pick<Exports[number], 'procedure'> & {
  readonly target: string | null;
  readonly params: Params;
  readonly drill: boolean;
};

/** Writes a procedure as a script that needs no Rollbot, or all the scripts that rollbot.yml names; with `check` only compares them. */
export async function exportCommand(
  { environment, stdout, stderr }: Terminal,
  words: readonly string[],
  options: ExportOptions,
): Promise<number> {
  const say = (says: string): void => void stderr.write(`rollbot: ${says}\n`);
  const mistake = usageMistake(words, options);
  if (mistake !== null) {
    say(mistake);
    return EXIT.usage;
  }
  const paths = readPaths(environment);
  if ('mistakes' in paths) {
    paths.mistakes.forEach(say);
    return EXIT.misconfigured;
  }
  const opened = await createCatalog({ proceduresFolder: paths.procedures, settingsFile: paths.settings, log: QUIET });
  if (opened.status === 'unusable') {
    for (const each of opened.mistakes) stdout.write(`${sayMistake(each)}\n`);
    return EXIT.failed;
  }
  const { catalog } = opened;
  if (options.all || options.check) return await exportAll(catalog, path.dirname(paths.settings), options, { stdout, say });
  const [procedure = '', ...given] = words;
  const params = Object.fromEntries(given.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]));
  const exported = await scriptOf(catalog, { procedure, target: options.target ?? null, params, drill: options.drill ?? false });
  if ('mistakes' in exported) {
    exported.mistakes.forEach(say);
    return EXIT.failed;
  }
  if (options.output === undefined) stdout.write(exported.text);
  else {
    await writeScript(options.output, exported.text);
    stdout.write(`${options.output}\n`);
  }
  return EXIT.ok;
}

function usageMistake(words: readonly string[], { target, output, drill, all, check }: ExportOptions): string | null {
  if (all || check) {
    const beside = words.length > 0 || target !== undefined || output !== undefined || drill;
    return beside ? 'With --all or --check, rollbot.yml says under "exports" what is written: name nothing beside it.' : null;
  }
  if (words.length === 0) return 'Name a procedure, such as "rollbot export cache --target production", or write all with --all.';
  const strange = words.slice(1).find((word) => word.indexOf('=') < 1);
  return strange === undefined ? null : `"${strange}" is no parameter: write it as name=value.`;
}

type Out = { readonly stdout: Terminal['stdout']; readonly say: (says: string) => void };

async function exportAll(catalog: Catalog, folder: string, { check }: ExportOptions, { stdout, say }: Out): Promise<number> {
  const { exports = [] } = catalog.settings();
  if (exports.length === 0) say('rollbot.yml names no scripts under "exports", so nothing was written.');
  let isWell = true;
  for (const { file, params = {}, drill = false, ...wanted } of exports) {
    const exported = await scriptOf(catalog, { ...wanted, params, drill });
    const place = path.join(folder, file);
    if ('mistakes' in exported) {
      exported.mistakes.forEach((says) => say(`${file}: ${says}`));
      isWell = false;
    } else if (check) {
      const isSame = (await readFile(place, 'utf8').catch(() => null)) === exported.text;
      if (!isSame) say(`${file} is not what rollbot export --all would write: write it again, and commit it.`);
      isWell &&= isSame;
    } else {
      await writeScript(place, exported.text);
      stdout.write(`${file}\n`);
    }
  }
  return isWell ? EXIT.ok : EXIT.failed;
}

async function scriptOf(catalog: Catalog, { procedure, target: typed, params, drill }: Wanted): Promise<Exported> {
  const entry = catalog.procedure(procedure);
  if (!entry) {
    const known = catalog.procedures().map(({ id }) => id);
    const broken = catalog.mistakes().find(({ file }) => path.basename(file) === `${procedure}.yml`);
    return {
      mistakes: [
        broken
          ? sayMistake(broken)
          : `There is no procedure "${procedure}".${didYouMean(procedure, known)} There are ${sayList(known, 'and')}.`,
      ],
    };
  }
  const target = resolveTarget(catalog.settings(), procedure, typed);
  if ('mistake' in target) return { mistakes: [target.mistake.says] };
  const pinned = pinTargetNamed(catalog, target.name);
  if (!pinned) throw new Error(`The target ${target.name} was there a moment ago.`);
  return exportScript({ entry, target, pinned, params, drill }, await readRuntime());
}

async function writeScript(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text, { mode: 0o755 });
}
