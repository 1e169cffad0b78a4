import type { Instant } from '../../core/brand.ts';
import type { HeldWhy, Run } from '../../core/incident/state.ts';
import { OUTCOME_SAYS } from '../../core/incident/outcome.ts';
import { nameOf } from '../../core/incident/name-of.ts';

const COMMANDS: readonly (readonly [RegExp, string])[] = [
  [/`?\/rollback (status|show|stop|list)\b([^`]*)`?/g, '`rollbot $1$2`'],
  [/`\/incident close <reason>`/g, '`rollbot incident close --reason "<reason>"`'],
  [/`\/incident reopen <reason>`/g, '`rollbot incident reopen <incident> --reason "<reason>"`'],
  [/`\/incident (open|note) (<[^`>]*>)`/g, '`rollbot incident $1 "$2"`'],
  [/`\/incident role (\S+) @(?:you|name)`/g, '`rollbot incident role $1 <name>`'],
  [/`\/incident ([^`]*)`/g, '`rollbot incident $1`'],
  [/type it in another channel than that of the drill/g, 'leave out --incident'],
  [/`?\/rollback <procedure>`?/g, '`rollbot run <procedure>`'],
  [/, so your click changed nothing/g, ', so nothing was changed'],
  [/; `\/oncall override` opens a form/g, ''],
  [/`\/(page|oncall)\b([^`]*)`/g, '`rollbot $1$2`'],
  [/ and a button to mail it\b/g, ''],
  [/ on the card\b/g, ''],
  [/Press the button again/g, 'Say it once more'],
  [/so your click does not count/g, 'so what you say does not count'],
];

/** A sentence of the rules with what to type here, where it says what to type in Slack. */
export function inTerminal(says: string): string {
  return COMMANDS.reduce((text, [pattern, here]) => text.replaceAll(pattern, here), says);
}

const HELD = {
  failed: 'a step failed',
  denied: 'a step was denied',
  expired: 'nobody approved a step in time',
  unverified: 'the result could not be verified',
  'undo-failed': 'an undo failed',
} as const satisfies Record<HeldWhy, string>;

/** Where a run stands, in words that follow "is" or stand alone. */
export function sayProgress({ progress }: Pick<Run, 'progress'>): string {
  switch (progress.status) {
    case 'running':
      return 'running';
    case 'held':
      return `waiting for a decision: ${HELD[progress.why]}`;
    case 'undoing':
      return 'being undone';
    case 'stopping':
      return `being stopped by ${nameOf(progress.by)}`;
    case 'finished':
      return OUTCOME_SAYS[progress.outcome];
    default:
      return progress satisfies never;
  }
}

/** `2026-11-24 03:15:09`, in UTC like everything that the terminal and the report say. */
export function utc(at: Instant): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** The same for a program. */
export function iso(at: Instant): string {
  return new Date(at).toISOString();
}
