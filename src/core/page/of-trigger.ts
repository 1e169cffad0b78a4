import type { RoleId } from '../brand.ts';
import type { Change } from '../kinds.ts';
import type { TriggerFact } from '../trigger/event.ts';
import { watchOf } from '../trigger/state.ts';
import type { TriggerState, Watch } from '../trigger/state.ts';
import { pageFor } from './of-incident.ts';
import type { PageCommand } from './command.ts';
import { streamOf } from './state.ts';
import type { PageSeverity } from './state.ts';

/** A rule that asks people, counts down or starts by itself pages the roles under its `page:`; what it was about ends that. */
export function pagesAfterTrigger(state: TriggerState, facts: readonly TriggerFact[]): readonly Change<'page'>[] {
  const watch = watchOf(state) ?? (state.status === 'none' ? null : (state.last?.watch ?? null));
  const roles = watch?.rule.pages ? ((watch.rule.page ?? []) as RoleId[]) : [];
  if (!watch || roles.length === 0) return [];
  const said = facts.flatMap((fact) => commandsFor(watch, fact));
  if (said.length === 0) return [];
  return roles.map((role) => {
    const page = pageFor('watch', watch.id, role);
    return { stream: streamOf(page), commands: said.map((make) => make(page, role)) };
  });
}

/** How much each of these wants of people: whoever has answered the one, or has ended it, is called again by the next. */
const RANK = { unsure: 1, asks: 2, byItself: 3, notAfterAll: 4, couldNot: 5 } as const;

type Make = (page: string, role: RoleId) => PageCommand;

function commandsFor(watch: Watch, fact: TriggerFact): readonly Make[] {
  switch (fact.type) {
    case 'proposed':
      return [asking(watch, fact)];
    case 'countdown-began': {
      const details = `${fact.procedure ?? watch.rule.procedure} starts by itself unless somebody objects.`;
      return [opening(watch, { details, severity: 'critical', rank: RANK.byItself })];
    }
    case 'contained': {
      const { incident } = fact;
      return incident ? [() => ({ kind: 'link-page', incident, run: null })] : [];
    }
    case 'started': {
      if (fact.by.kind === 'person') return [closing(`${fact.by.name} has started ${fact.procedure}.`)];
      const { incident, run } = fact;
      const details = `${fact.procedure} has started by itself (run ${run}).`;
      const open = opening(watch, { details, severity: 'critical', rank: RANK.byItself }, fact);
      return incident ? [open, () => ({ kind: 'link-page', incident, run })] : [open];
    }
    case 'vetoed':
      return [closing(`${fact.by.name} has stopped the countdown.`)];
    case 'called-off':
      return [closing(`${fact.by.name} has called it off.`)];
    case 'watch-ended':
      return [closing(`It is over: ${fact.how}.`)];
    default:
      return [];
  }
}

/** What is not sure is worth a look, what fires wants a person, and what people were told starts by itself and does not, wants one most. */
function asking(watch: Watch, { why, says }: Extract<TriggerFact, { type: 'proposed' }>): Make {
  if (why === 'mode') return opening(watch, { details: says, severity: severityOf(watch), rank: RANK.asks });
  if (why !== 'inconclusive') return opening(watch, { details: says, severity: severityOf(watch), rank: RANK.couldNot });
  if (watch.firedAt === null || watch.rule.mode === 'propose')
    return opening(watch, { details: says, severity: 'warning', rank: RANK.unsure });
  return opening(watch, { details: `It does not start by itself after all. ${says}`, severity: 'error', rank: RANK.notAfterAll });
}

type Words = { readonly details: string; readonly severity: PageSeverity; readonly rank: number };

function opening({ rule }: Watch, words: Words, started?: Extract<TriggerFact, { type: 'started' }>): Make {
  return (page, role) => ({
    kind: 'open-page',
    page,
    to: { roles: [role], contacts: [] },
    why: 'trigger',
    summary: `${rule.title} on ${rule.target}`,
    ...words,
    by: { kind: 'rollbot' },
    about: { incident: started?.incident ?? null, run: started?.run ?? null, step: null, attempt: null },
    drill: false,
    delayMs: 0,
  });
}

function severityOf({ rule }: Watch): PageSeverity {
  return rule.when.kind === 'event' ? 'critical' : 'error';
}

function closing(says: string): Make {
  return () => ({ kind: 'close-page', how: 'reason-gone', says, by: { kind: 'rollbot' } });
}
