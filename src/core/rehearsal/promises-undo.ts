import { choicesFor } from '../incident/decide-person.ts';
import { standing, wellOverAt } from './reading.ts';
import type { Promised } from './reading.ts';

/** What is undone is undone from the last step back to the first. */
export const undoneInReverse: Promised = (played) => {
  const undo = played.events.findIndex((event) => event.type === 'run-continued' && event.choice === 'undo');
  if (undo < 0) return [];
  const before = { ...played, events: played.events.slice(0, undo) };
  const wanted = standing(before)
    .filter((item) => item.undo?.kind === 'action')
    .map((item) => `undo.${item.id}`)
    .toReversed();
  const planned = played.run.steps.filter(({ plan }) => plan.phase === 'undo').map(({ plan }) => String(plan.id));
  const done = played.events.slice(undo).flatMap((event) => wellOverAt(event) ?? []);
  const says: string[] = [];
  if (planned.join(' ') !== wanted.join(' ')) says.push(`to undo is ${sayAll(planned)}, expected ${sayAll(wanted)}`);
  if (done.some((id, index) => id !== wanted[index])) says.push(`undone was ${sayAll(done)}, expected ${sayAll(wanted)}`);
  if (outcomeIs(played, 'undone') && done.length < wanted.length)
    says.push(`the run is undone, and only ${sayAll(done)} of ${sayAll(wanted)}`);
  return says;
};

/** Where a change stands that nothing takes back, its procedure has said why; and where one can be taken back, that is offered. */
export const nothingLeftInSilence: Promised = (played) => {
  const stands = standing(played);
  const silent = stands.filter(({ undo }) => undo === undefined || (undo.kind === 'none' && undo.because.trim() === ''));
  const says = silent.map(({ id }) => `${id} has no undo and does not say why`);
  const { run } = played;
  if (run.progress.status !== 'held') return says;
  const can = stands.some(({ undo }) => undo?.kind === 'action') && !run.steps.some(({ plan }) => plan.phase === 'undo');
  const offered = choicesFor(run).includes('undo');
  if (can !== offered)
    says.push(`undo is ${offered ? '' : 'not '}offered at ${run.progress.step}, and there is ${can ? 'something' : 'nothing'} to undo`);
  return says;
};

function outcomeIs({ run: { progress } }: Parameters<Promised>[0], outcome: string): boolean {
  return progress.status === 'finished' && progress.outcome === outcome;
}

function sayAll(ids: readonly string[]): string {
  return ids.length === 0 ? 'nothing' : ids.join(', ');
}
