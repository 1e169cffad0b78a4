import { detectedAt } from '../incident/moments.ts';
import type { IncidentState } from '../incident/state.ts';
import { sayList } from '../procedure/nearest.ts';
import { VENDOR_WORDS } from './vendor-words.ts';

type There = Exclude<IncidentState, { status: 'none' }>;

const USUAL = '${incident} on ${target}, since ${since}. ${impact}\nWe have started: ${procedure}.';

/** What to say to a vendor, with the facts of an incident filled in; values are text, and nothing in them is filled in again. */
export function vendorText(say: string | undefined, state: There, why: string): string {
  const words = wordsOf(state, why);
  const known: readonly string[] = VENDOR_WORDS;
  const text = (say ?? USUAL).replaceAll(/\$\{([a-z]+)\}/g, (whole, word: string) =>
    known.includes(word) ? words[word as keyof typeof words] : whole,
  );
  return text.replaceAll(/[ \t]+\n/g, '\n').trim();
}

/** The subject of the mail. */
export function vendorSubject(state: There): string {
  const { target, since } = wordsOf(state, '');
  return `${state.title} (${target}, since ${since})`;
}

function wordsOf(state: There, why: string): Readonly<Record<(typeof VENDOR_WORDS)[number], string>> {
  const { runs, title } = state;
  return {
    incident: title,
    target: runs.length > 0 ? each(runs.map(({ target }) => target.name)) : 'our platform',
    procedure: runs.length > 0 ? each(runs.map(({ procedure }) => procedure.title)) : 'nothing yet',
    since: `${new Date(detectedAt(state)).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    impact: why,
  };
}

function each(names: readonly string[]): string {
  return sayList([...new Set(names)], 'and');
}
