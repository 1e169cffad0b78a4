import type { StepId } from '../brand.ts';
import { claimKeys } from '../claims.ts';
import { changingAmong } from '../incident/readiness.ts';
import { anythingBegan, standing, wellOverAt, wrongAt } from './reading.ts';
import type { Promised } from './reading.ts';

/** A run that is verified has every item over and well; one with nothing to do has changed nothing. */
export const endsAsItSays: Promised = (played) => {
  const { progress, steps } = played.run;
  if (progress.status !== 'finished') return [];
  if (progress.outcome === 'nothing-to-do') {
    const counting = changingAmong(steps.map(({ plan }) => plan)).map(({ id }) => id);
    const done = standing(played).filter(({ id }) => counting.includes(id));
    return done.map(({ id }) => `the run says that there was nothing to do, and ${id} was done`);
  }
  if (progress.outcome !== 'verified') return [];
  const well = new Set<StepId>();
  for (const event of played.events) {
    const [over, wrong] = [wellOverAt(event), wrongAt(event)];
    if (over !== null) well.add(over);
    if (wrong !== null) well.delete(wrong);
  }
  return steps.flatMap(({ plan }) =>
    plan.skip !== undefined || well.has(plan.id) ? [] : [`the run is verified, and ${plan.id} is not over`],
  );
};

/** A run that the rules end by themselves because something went wrong has touched nothing. */
export const nothingHappenedBeforeItEnded: Promised = (played) => {
  const { progress } = played.run;
  if (progress.status !== 'finished') return [];
  const decided = played.events.some(({ type }) => type === 'run-continued' || type === 'run-stop-requested' || type === 'run-made-way');
  const well = progress.outcome === 'verified' || progress.outcome === 'nothing-to-do';
  return !decided && !well && anythingBegan(played) ? [`the run ended ${progress.outcome} by itself after something had been touched`] : [];
};

/** A finished run absorbs everything. */
export const nothingAfterTheEnd: Promised = ({ events }) => {
  const end = events.findIndex((event) => event.type === 'run-finished');
  return end < 0 ? [] : events.slice(end + 1).map((event) => `${event.type} after the end of the run`);
};

/** A run holds its claims to its end, and not a moment longer. */
export const claimsGivenBack: Promised = ({ run, claims }) => {
  const wanted = claimKeys(run.target, run.procedure.locks).length;
  if (run.progress.status === 'finished') return claims.map((key) => `${key} is still claimed after the end`);
  return claims.length === wanted ? [] : [`${claims.length} of ${wanted} claims are held while the run goes on`];
};
