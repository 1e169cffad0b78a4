import { fc } from '@fast-check/vitest';
import { isRefusal } from '../../../src/core/incident/decide.ts';
import { arbitraryMoves, arbitrarySteps } from './arbitrary.ts';
import { NAMES } from './cast.ts';
import { travel } from './journey.ts';
import type { Journey, Leg } from './journey.ts';

const starters = fc.constantFrom(...NAMES.slice(0, 2), null);

/** Journeys of a mad user and a crashing bot; one that breaks a rule is printed as a diary. */
export const journeys: fc.Arbitrary<Journey> = fc.tuple(arbitrarySteps, arbitraryMoves, starters).map(([steps, moves, starter]) => {
  const journey = travel(steps, moves, starter);
  const plan = steps.map(({ id, phase, effect, after, approve, check, ask, skip }) =>
    [id, phase, effect, `after ${after.join()}`, approve && `${approve.need} of ${approve.by.join()}`, check && 'check', ask, skip]
      .filter(Boolean)
      .join(' '),
  );
  const diary = [...plan, ...journey.legs.map(sayLeg)].join('\n');
  return Object.assign(journey, { [fc.toStringMethod]: () => `\n${diary}\n` });
});

/** Sends many journeys through a law, which answers with whatever breaks it: the shortest journey found that breaks it, or null. */
export function breach(law: (journey: Journey) => readonly unknown[]): string | null {
  const property = fc.property(journeys, (journey) => {
    const broken = law(journey);
    if (broken.length > 0) throw new Error(JSON.stringify(broken));
  });
  return fc.defaultReportMessage(fc.check(property, { numRuns: 500 })) ?? null;
}

function sayLeg({ command, decision, now }: Leg): string {
  const { kind, ...rest } = command;
  const inside = JSON.stringify(rest, (key, value: unknown) => (['procedure', 'target', 'approvers', 'roles'].includes(key) ? '…' : value));
  const said = isRefusal(decision) ? decision.refusal : decision.map((fact) => fact.type).join(', ');
  return `${now} ${kind} ${inside} → ${said}`;
}
