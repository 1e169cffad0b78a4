import type { RoleId, StepId } from '../brand.ts';
import { orList } from '../incident/decide-approval.ts';
import type { IncidentEvent } from '../incident/event.ts';
import type { PlannedStep } from '../procedure/planned-step.ts';
import type { Played } from './play.ts';

/** What happened, as somebody would tell it: what ended, who was asked, and what was not as usual. */
export function transcript({ events, run }: Pick<Played, 'events' | 'run'>): readonly string[] {
  let held: StepId | null = null;
  return events.flatMap((event) => {
    if (event.type === 'run-held') held = event.step;
    return lineOf(event, held, run.deciders);
  });
}

function lineOf(event: IncidentEvent, held: StepId | null, deciders: readonly RoleId[]): readonly string[] {
  switch (event.type) {
    case 'approval-requested':
      return [
        `ask ${event.need === 1 ? '' : `${event.need} of `}${orList(event.by)}${event.differentRoles ? ', different roles' : ''}: ${event.step}`,
      ];
    case 'approval-denied':
      return [`${event.step}: denied`];
    case 'approval-expired':
      return [`${event.step}: expired`];
    case 'approval-voided':
      return [`${event.step}: approval void`];
    case 'question-asked':
      return [`question ${event.role}: ${event.step}`];
    case 'question-answered':
      return event.answer === 'yes' ? [] : [`${event.step}: no`];
    case 'step-finished':
      return [event.outcome === 'ok' ? event.step : `${event.step}: ${event.outcome}`];
    case 'step-unknown':
      return [`${event.step}: unknown`];
    case 'step-settled':
      return [...(event.by.kind === 'person' ? [`decide ${orList(deciders)}: ${event.step}`] : []), `${event.step}: ${event.as}`];
    case 'run-held':
      return [`decide ${orList(deciders)}: ${event.step}`];
    case 'run-continued':
      return [`${held ?? 'run'}: ${event.choice}`];
    default:
      return [];
  }
}

/** A transcript in which `preflight` or `verify` stands for all of their items, where all of them went well and in whatever order. */
export function shorten(lines: readonly string[], plan: readonly PlannedStep[], words: readonly string[]): readonly string[] {
  return (['preflight', 'verify'] as const)
    .filter((phase) => words.includes(phase) && !plan.some(({ id }) => id === phase))
    .reduce((short, phase) => fold(short, phase, plan), lines);
}

function fold(lines: readonly string[], phase: 'preflight' | 'verify', plan: readonly PlannedStep[]): readonly string[] {
  const all = plan.filter((item) => item.phase === phase && item.skip === undefined);
  const wanted = all.map(({ id, ask }) => (ask === undefined ? id : `question ${ask}: ${id}`));
  const first = lines.findIndex((line) => wanted.some((each) => each === line));
  const part = lines.slice(first, first + wanted.length);
  if (first < 0 || !wanted.every((each) => part.includes(each))) return lines;
  return [...lines.slice(0, first), phase, ...lines.slice(first + wanted.length)];
}
