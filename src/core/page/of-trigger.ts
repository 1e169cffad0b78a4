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

type Make = (page: string, role: RoleId) => PageCommand;

function commandsFor(watch: Watch, fact: TriggerFact): readonly Make[] {
  switch (fact.type) {
    case 'proposed':
      return [opening(watch, fact.says, fact.why === 'inconclusive' ? 'warning' : severityOf(watch))];
    case 'countdown-began':
      return [opening(watch, `${fact.procedure ?? watch.rule.procedure} starts by itself unless somebody objects.`, 'critical')];
    case 'started': {
      if (fact.by.kind === 'person') return [closing(`${fact.by.name} has started ${fact.procedure}.`)];
      const { incident, run } = fact;
      const open = opening(watch, `${fact.procedure} has started by itself (run ${run}).`, 'critical', fact);
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

function opening({ rule }: Watch, details: string, severity: PageSeverity, started?: Extract<TriggerFact, { type: 'started' }>): Make {
  return (page, role) => ({
    kind: 'open-page',
    page,
    to: { roles: [role], contacts: [] },
    why: 'trigger',
    summary: `${rule.title} on ${rule.target}`,
    details,
    severity,
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
