import type { Sighting } from '../slack/index.ts';
import type { SabotageName } from '../sandbox/sabotage.ts';

/** Who presses which button. */
export type Answer = { readonly who: string; readonly label: string; readonly why: string };

/** What somebody sees of the world before they answer. */
export type View = {
  readonly healthy: boolean;
  readonly sabotage: SabotageName | null;
  readonly retried: boolean;
  /** It is a drill: what fails was meant to. */
  readonly practised: boolean;
  /** Those whom the message calls, and those who have approved it before. */
  readonly called: readonly string[];
  readonly approved: readonly string[];
};

/** Who started the run, and so can't approve any of it. */
const STARTER = 'dana';

/**
 * What the people of the sandbox do about a message with buttons; null where nobody has to do anything. They are
 * careful people: they never say that something happened which they have not seen.
 */
export function answerTo(
  { buttons }: Pick<Sighting, 'buttons'>,
  { healthy, sabotage, retried, practised, called, approved }: View,
): Answer | null {
  const has = (label: string): boolean => buttons.includes(label);
  if (has('Approve')) {
    const who = called.find((name) => name !== STARTER && !approved.includes(name));
    return who === undefined ? null : { who, label: 'Approve', why: 'It is the right command for the right target.' };
  }
  if (has('Retry') && (sabotage === 'deployed-but-exit-1' || sabotage === 'cloudflare-answer-lost') && !retried)
    return { who: 'omar', label: 'Retry', why: 'The shop runs the new version, whatever wrangler said; a retry looks first.' };
  if (has('Retry') && practised && !retried)
    return { who: STARTER, label: 'Retry', why: 'Nothing was done yet, so it can be tried again.' };
  if (has('Undo')) return { who: STARTER, label: 'Undo', why: 'The run can’t go on, so what it changed is taken back.' };
  if (has('It did not happen'))
    return { who: STARTER, label: 'It did not happen', why: 'The shop still runs the version that it ran before.' };
  for (const label of ['Stop here', 'Stop']) if (has(label)) return { who: STARTER, label, why: 'Nobody can say more from here.' };
  const who = called.includes(STARTER) ? STARTER : (called[0] ?? STARTER);
  if (has('Yes') && healthy) return { who, label: 'Yes', why: 'The shop looks right.' };
  return has('No') ? { who, label: 'No', why: 'The shop does not look right.' } : null;
}
