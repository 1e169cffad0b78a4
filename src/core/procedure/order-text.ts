import type { CatalogEntry, CatalogMistake } from '../ports.ts';
import type { Settings } from '../settings.ts';
import { didYouMean, distance, sayList } from './nearest.ts';
import { wordsOf } from './order-words.ts';
import type { Word } from './order-words.ts';
import { hasLookalikes } from './param-value.ts';

/** What `/rollback <procedure> …` asks for, as typed: whether the values are allowed is for `resolveParams` to say. */
export type OrderText = {
  readonly procedure: string;
  readonly target: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly dryRun: boolean;
  readonly reason: string | null;
};

/** The names that an order can mean. */
type Known = {
  readonly procedures: readonly Pick<CatalogEntry, 'id' | 'procedure'>[];
  readonly settings: Pick<Settings, 'targets'>;
  readonly mistakes?: readonly CatalogMistake[];
};

const FLAG = '--dry-run';
const COMMANDS = [
  'help',
  'list',
  'status',
  'show',
  'stop',
  'drill',
  'approve',
  'deny',
  'undo',
  'cancel',
  'retry',
  'releases',
  'triggers',
  'good',
  'doubt',
  'hold',
  'unhold',
  '?',
];
const NEAR_TARGET = 2;

/**
 * Reads `<procedure> [target] [name=value …] [--dry-run] [reason …]` as Slack hands it over. Whatever could be a slip is a
 * mistake with a sentence and never part of the reason, because the order would start something else than was meant.
 */
export function parseOrderText(text: string, known: Known): OrderText | { readonly mistake: string } {
  const read = wordsOf(text);
  if ('mistake' in read) return read;
  const [first, ...rest] = read.words;
  if (!first) return { mistake: `Say which procedure: ${sayIds(known)}.` };
  const procedure = known.procedures.find(({ id }) => id === first.text);
  if (!procedure) return { mistake: unknownProcedure(first.text, known) };
  const paramNames = Object.keys(procedure.procedure.params ?? {});
  return sort(rest, { procedure: procedure.id, paramNames, targets: Object.keys(known.settings.targets) });
}

type Names = { readonly procedure: string; readonly paramNames: readonly string[]; readonly targets: readonly string[] };

function sort(words: readonly Word[], names: Names): OrderText | { readonly mistake: string } {
  const params = new Map<string, string>();
  const free: Word[] = [];
  let dryRun = false;
  for (const word of words) {
    if (isFlag(word)) {
      if (flagName(word.text) !== FLAG) return { mistake: unknownFlag(word.text) };
      dryRun = true;
    } else if (word.name !== undefined) {
      if (params.has(word.name)) return { mistake: `${word.name} is given twice. Give it once.` };
      params.set(word.name, word.text);
    } else free.push(word);
  }
  const [first] = free;
  const target = first && names.targets.includes(first.text) ? first.text : null;
  const reason = target === null ? free : free.slice(1);
  const mistake = slipIn(reason, target, names);
  if (mistake) return { mistake };
  const said = reason.map((word) => word.text).join(' ');
  return { procedure: names.procedure, target, params: Object.fromEntries(params), dryRun, reason: said === '' ? null : said };
}

/** What in a reason looks like something else; a reason in quotes is never looked into. */
function slipIn(reason: readonly Word[], target: string | null, names: Names): string | undefined {
  const words = reason.filter((word) => !word.quoted);
  const first = reason[0]?.quoted ? undefined : reason[0]?.text;
  if (first !== undefined) {
    if (COMMANDS.includes(first.toLowerCase())) {
      return `"${first}" is no target. For the command, type \`/rollback ${first} …\`; for a reason, put it in quotes.`;
    }
    if (names.paramNames.includes(first)) return `Write ${first}=<value>, with nothing around the =. A reason goes in quotes.`;
    const near = names.targets.filter((each) => couldMean(first.toLowerCase(), each));
    if (target === null && near.length > 0) return `There is no target "${first}". Did you mean ${sayList(near)}? A reason goes in quotes.`;
  }
  for (const [index, { text }] of words.entries()) {
    const mistake = slipInWord(text, words[index + 1]?.text, target, names);
    if (mistake) return mistake;
  }
  if (first === undefined || target !== null || reason.length > 1) return undefined;
  return `There is no target "${first}". The targets are ${sayList(names.targets, 'and')}. A reason of one word goes in quotes.`;
}

function slipInWord(text: string, next: string | undefined, target: string | null, names: Names): string | undefined {
  if (text.includes('=')) return `"${text}" is no parameter: write name=value, with nothing around the =. A reason goes in quotes.`;
  const name = names.paramNames.find((each) => text.startsWith(`${each}:`));
  if (name !== undefined) return `Write ${name}=<value> instead of "${text}". A reason goes in quotes.`;
  if (target === null && names.targets.includes(text)) {
    return `Say the target right after the procedure: ${names.procedure} ${text} …. If "${text}" belongs to the reason, put the reason in quotes.`;
  }
  if (/^dry[-_]?run$/i.test(text) || (/^dry$/i.test(text) && /^run\b/i.test(next ?? ''))) {
    return `For a dry run, add ${FLAG}. A reason goes in quotes.`;
  }
  if (hasLookalikes(text))
    return `"${text}" holds characters that only look like plain ones. Type them again, or put the reason in quotes.`;
  return undefined;
}

/** Whether a word looks like a target's name mistyped or cut short. */
function couldMean(word: string, target: string): boolean {
  const cut = word.slice(0, 4);
  return (cut.length >= 3 && target.startsWith(cut)) || distance(word, target) <= Math.min(NEAR_TARGET, target.length - 2);
}

/** A dash or two in front of a letter; phones and Macs make an en or em dash of two. A dash that stands alone is punctuation. */
function isFlag(word: Word): boolean {
  return word.name === undefined && !word.quoted && /^[-\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]+[^-\s]/.test(word.text);
}

function flagName(text: string): string {
  return text.replace(/^[\u2012-\u2015]+/, '--');
}

function unknownFlag(text: string): string {
  const name = text.replace(/^[^A-Za-z0-9]+/, '--').split('=')[0] ?? '';
  const near = didYouMean(name, [FLAG]);
  return `There is no flag "${text}".${near} The only flag is ${FLAG}; a parameter is written name=value, without dashes.`;
}

function unknownProcedure(name: string, known: Known): string {
  const broken = known.mistakes?.find(({ file }) => file.endsWith(`/${name}.yml`));
  if (broken) return `${name} can't run until its file is mended: ${broken.file}:${broken.line}:${broken.column}: ${broken.says}`;
  const ids = known.procedures.map(({ id }) => id);
  return `There is no procedure "${name}".${didYouMean(name, ids)} The procedures are ${sayIds(known)}.`;
}

function sayIds(known: Known): string {
  return sayList(
    known.procedures.map(({ id }) => id),
    'and',
  );
}
