import { didYouMean, sayList } from '../procedure/nearest.ts';
import { wordsOf } from '../procedure/order-words.ts';
import type { Word } from '../procedure/order-words.ts';
import type { Asked, ReleaseWord } from './port.ts';

/** What `/rollback good|doubt|hold|unhold …` says. */
export type ReleaseText = { readonly asked: Asked; readonly word: ReleaseWord };
type Mistake = { readonly mistake: string };

/** The commands of releases, and what each says. */
export const RELEASE_COMMANDS = { good: 'call-good', doubt: 'call-bad', hold: 'hold', unhold: 'unhold' } as const satisfies Record<
  string,
  ReleaseWord['kind']
>;
export type ReleaseCommand = keyof typeof RELEASE_COMMANDS;

/** How each is typed. */
const RELEASE_USAGE: Readonly<Record<ReleaseCommand, string>> = {
  good: '/rollback good <deployable> <version> [target] [reason]',
  doubt: '/rollback doubt <deployable> <version> [target] [reason]',
  hold: '/rollback hold <deployable> [target] [reason]',
  unhold: '/rollback unhold <deployable> [target] [reason]',
};

/** Reads what follows one of the commands. What could be a slip is a mistake, because it would be said about something else. */
export function parseReleaseText(command: ReleaseCommand, text: string, targets: readonly string[]): ReleaseText | Mistake {
  const read = wordsOf(text);
  if ('mistake' in read) return read;
  const kind = RELEASE_COMMANDS[command];
  const needed = kind === 'call-good' || kind === 'call-bad' ? 2 : 1;
  const [deployable, second, ...more] = read.words;
  const version = needed === 2 ? second : undefined;
  if (!deployable || (needed === 2 && !version)) return { mistake: `Type it as \`${RELEASE_USAGE[command]}\`.` };
  const rest = needed === 2 ? more : read.words.slice(1);
  const target = rest[0] && targets.includes(rest[0].text) ? rest[0].text : null;
  const reason = target === null ? rest : rest.slice(1);
  const slip = target === null ? slipIn(reason, targets) : undefined;
  if (slip !== undefined) return { mistake: slip };
  const said = reason.map((word) => (word.name === undefined ? word.text : `${word.name}=${word.text}`)).join(' ');
  return {
    asked: { deployable: deployable.text, target },
    word: { kind, version: version?.text ?? '', reason: said === '' ? null : said },
  };
}

/** Reads what follows `/rollback releases`: a deployable, a target, or both. */
export function parseReleasesText(
  text: string,
  targets: readonly string[],
): { readonly deployable: string | null; readonly target: string | null } | Mistake {
  const read = wordsOf(text);
  if ('mistake' in read) return read;
  const names = read.words.map((word) => word.text);
  const [first = null, second = null] = names;
  if (names.length > 2) return { mistake: 'Type it as `/rollback releases [<deployable>] [target]`.' };
  if (second === null && first !== null && targets.includes(first)) return { deployable: null, target: first };
  return { deployable: first, target: second };
}

/** A single word that is no target was meant to be one, and so was a word that is nearly one. */
function slipIn(reason: readonly Word[], targets: readonly string[]): string | undefined {
  const [first] = reason;
  if (!first || first.quoted) return undefined;
  const near = didYouMean(first.text, targets);
  if (near === '' && reason.length > 1) return undefined;
  const hint = near === '' ? ` The targets are ${sayList(targets, 'and')}.` : near;
  return `There is no target "${first.text}".${hint} A reason goes in quotes.`;
}
