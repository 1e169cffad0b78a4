import { judge } from '../expect.ts';
import { boundsOf } from '../procedure/normal-action.ts';
import type { Bounds } from '../procedure/action.ts';
import type { Unit } from '../reading/schema.ts';
import { sayValue } from '../reading/unit.ts';
import type { CriterionSettings } from './schema.ts';

/** Something that has to be true before an incident is over; `holds` is null where nobody could tell. */
export type Criterion = {
  readonly title: string;
  readonly holds: boolean | null;
  /** What was read or answered, in a sentence. */
  readonly says: string;
  readonly by: 'reading' | 'person';
};

/** What people answered about those that nothing reads, by title. */
export type Answers = Readonly<Record<string, 'yes' | 'no'>>;

/** One metric on one target as it was read for a criterion, or why it could not be. */
export type CriterionReading = { readonly target: string; readonly unit: Unit } & ({ readonly value: number } | { readonly why: string });

/** Judges a criterion by what was read: on each target it has to hold, and what can't be read holds nowhere. */
export function judgeReadings({ title, expect = {} }: CriterionSettings, readings: readonly CriterionReading[]): Criterion {
  const bounds = boundsOf(expect);
  const judged = readings.map((reading) => judgeOne(reading, bounds, readings.length > 1));
  const holds = judged.some((each) => each.holds === false) ? false : judged.some((each) => each.holds === null) ? null : true;
  if (judged.length === 0) return { title, holds: null, says: 'There is no target on which it could be read.', by: 'reading' };
  return { title, holds, says: judged.map(({ says }) => says).join(' '), by: 'reading' };
}

/** What a person said about a criterion that nothing reads, or about one that could not be read. */
export function answered({ title }: Pick<CriterionSettings, 'title'>, answers: Answers, who: string): Criterion {
  const answer = Object.hasOwn(answers, title) ? answers[title] : undefined;
  if (answer === undefined) return { title, holds: null, says: 'Nobody has said so.', by: 'person' };
  return { title, holds: answer === 'yes', says: `${who} says ${answer}.`, by: 'person' };
}

/** Those that speak against closing, each in words of its own. */
export function openCriteria(criteria: readonly Criterion[]): readonly string[] {
  return criteria
    .filter(({ holds }) => holds !== true)
    .map(({ title, holds, says }) => `${holds === false ? 'not so' : 'not known'}: ${title} (${says})`);
}

function judgeOne(reading: CriterionReading, bounds: Bounds, named: boolean): { readonly holds: boolean | null; readonly says: string } {
  const place = named ? ` on ${reading.target}` : '';
  if ('why' in reading) return { holds: null, says: `It can't be read${place}: ${reading.why}` };
  return { holds: judge(bounds, reading.value).holds, says: `It is ${sayValue(reading.value, reading.unit)}${place}.` };
}
