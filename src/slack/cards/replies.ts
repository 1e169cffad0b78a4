import { sayDuration } from '../../core/duration.ts';
import type { Instant } from '../../core/brand.ts';
import type { Catalog, Store } from '../../core/ports.ts';
import { card, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import type { Incident } from './incident-card.ts';
import { sayStanding, waitsFor } from './run-card.ts';
import { safe } from './text.ts';
import { who } from './words.ts';

/** A sentence for one person. */
export function sentence(says: string): Card {
  return card({ text: safe(says, 2800), top: [section(safe(says, 2800))] });
}

/** Several sentences for one person, each on a line of its own. */
export function sentences(title: string, lines: readonly string[]): Card {
  return card({
    text: [title, ...lines].map((line) => safe(line, 1000)).join(' '),
    top: [section(safe(title))],
    rows: lines.map((line) => `• ${safe(line, 500)}`),
  });
}

/** `/rollback help`. */
export function helpCard(): Card {
  const rows = [
    '`/rollback` opens a form',
    '`/rollback <procedure> [target] [name=value …] [--dry-run] [reason]` starts a procedure, or shows what it would do',
    '`/rollback list` shows the procedures',
    '`/rollback status` shows what is running, and who holds what',
    '`/rollback show <run>` shows a run',
    '`/rollback stop <run> [reason]` stops a run',
    '`/rollback releases [<deployable>] [target]` shows which versions run, which are good and what is held',
    '`/rollback good <deployable> <version> [target] [reason]` says that a version is good; `doubt` instead of `good` says the contrary',
    '`/rollback hold <deployable> [target] [reason]` keeps everybody from deploying; `unhold` ends it',
    '`/rollback drill` shows what is practised when; `/rollback drill <name>` starts one, `sign-up <name>` and `skip <name> <reason>` are about the next one',
    '`/rollback stats` shows how procedures, recoveries, alerts and rules are doing',
    '`/rollback triggers` shows the rules that offer or start a rollback by themselves, and what people made of them',
    '`/rollback alerts` shows the alerts that fire, and what came in that nobody could read',
    '`/rollback report data-corruption [target] <what has happened>` calls people at once; so does `security-breach`',
    '`/oncall` shows who is on call; `/oncall help` says how to change that',
    '`/incident status` shows the incident of this channel',
    '`/incident close [reason]` closes it and writes its report',
    '`/page <role> <what is wanted>` calls somebody; `/page help` says more',
  ];
  return card({ text: `What Rollbot understands: ${rows.join('; ')}`, top: [section('*What Rollbot understands*')], rows });
}

/** `/page help`. */
export function pageHelpCard(): Card {
  const rows = [
    '`/page <role or contact> <what is wanted>` calls who is on call, and the next ones while nobody answers',
    '`/page <vendor> <what is the matter>` makes it a task to ask somebody outside, with what to say and a button to mail it',
    '`/page ack [page]` says that you have it',
    '`/page escalate [page]` calls the next ones without waiting',
    '`/page done [page]` says that what it was about is done',
    '`/page list` shows the pages that are open',
  ];
  return card({ text: `What /page understands: ${rows.join('; ')}`, top: [section('*What `/page` understands*')], rows });
}

/** `/rollback list`. */
export function listCard(catalog: Pick<Catalog, 'procedures' | 'mistakes'>): Card {
  const rows = catalog.procedures().map(({ id, procedure }) => {
    const params = Object.keys(procedure.params ?? {}).map((name) => `${name}=`);
    const usual = procedure.estimate === undefined ? '' : ` · ${safe(procedure.estimate, 20)}`;
    return `\`${safe(id, 40)}\` *${safe(procedure.title)}* · ${safe(procedure.component, 75)}${usual}${params.length > 0 ? ` · ${safe(params.join(' '), 200)}` : ''}`;
  });
  const broken = catalog.mistakes().map(({ file, line, column, says }) => `:warning: ${safe(`${file}:${line}:${column}: ${says}`, 400)}`);
  const title = rows.length === 0 ? 'There is no procedure yet. Put one into `procedures/`.' : `*${rows.length} procedures*`;
  return card({ text: [title, ...rows, ...broken].join('; '), top: [section(title)], rows: [...rows, ...broken] });
}

export type StatusParts = {
  readonly incidents: readonly Incident[];
  readonly claims: Awaited<ReturnType<Store['claims']>>;
  /** What is wrong with the incidents whose journal can't be read. */
  readonly broken?: readonly string[];
  readonly now: Instant;
};

/** `/rollback status`: every open incident with its runs, what they wait for, and who holds what. */
export function statusCard({ incidents, claims, broken = [], now }: StatusParts): Card {
  if (incidents.length + broken.length === 0) return sentence('Nothing is running, and no incident is open.');
  const open = incidents.flatMap((incident) => [
    `*${incident.drill ? 'Drill: ' : ''}${safe(incident.title)}*${incident.channel ? ` in <#${incident.channel.id}>` : ''} · open since ${sayDuration(now - incident.openedAt)}`,
    ...incident.runs.map((run) => {
      const waits = waitsFor(run);
      const waiting = waits.length > 0 ? ` · waits for ${waits.join('; ')}` : '';
      return `• run \`${safe(run.id, 20)}\` ${safe(run.procedure.id, 40)} on ${safe(run.target.name, 60)}, started by ${who(run.startedBy)}: ${sayStanding(run)}${waiting}`;
    }),
  ]);
  const rows = [...open, ...broken.map((says) => `:rotating_light: ${safe(says, 500)}`)];
  const held = claims.map(({ key, holder, since }) => `${safe(key, 80)} by run ${safe(holder, 20)} since ${sayDuration(now - since)}`);
  return card({
    text: [`${incidents.length} open`, ...rows].join('; '),
    top: [header(incidents.length === 1 ? 'One open incident' : `${incidents.length} open incidents`)],
    rows,
    bottom: held.length > 0 ? [context(`Held: ${held.slice(0, 20).join(' · ')}`)] : [],
  });
}
