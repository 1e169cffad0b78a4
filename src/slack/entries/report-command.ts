import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import { unescapeSlack } from '../../core/procedure/order-words.ts';
import type { PersonReport } from '../../core/trigger/port.ts';
import { sentence } from '../cards/replies.ts';
import type { Desk, Visit } from './entry.ts';

const EVENTS = ['data-corruption', 'security-breach'] as const satisfies readonly PersonReport['event'][];
const USAGE =
  'Type `/rollback report data-corruption <what has happened>`, or `security-breach` instead, with the target before it where there are several.';

/** `/rollback report`: a person says what no reading shows. It calls people at once, and restores nothing by itself. */
export async function report(visit: Visit, { catalog, triggers }: Desk, words: readonly string[]): Promise<void> {
  await catalog.refresh();
  const read = readReport(words, Object.keys(catalog.settings().targets));
  if ('mistake' in read) return await visit.tell(sentence(read.mistake));
  await visit.tell(sentence((await triggers.report(read, visit.acting)).says));
}

function readReport([word = '', ...rest]: readonly string[], targets: readonly string[]): PersonReport | { readonly mistake: string } {
  const event = EVENTS.find((each) => each === word.toLowerCase());
  if (word === '') return { mistake: USAGE };
  if (!event) return { mistake: `"${word}" can not be reported; ${sayList(EVENTS)} can.${didYouMean(word, EVENTS)} ${USAGE}` };
  const [first = ''] = rest;
  const target = targets.includes(first) ? first : null;
  const says = unescapeSlack((target === null ? rest : rest.slice(1)).join(' ')).trim();
  return says === '' ? { mistake: `Say what has happened, because that is what people read. ${USAGE}` } : { event, target, says };
}
