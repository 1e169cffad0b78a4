import { checksOfPart, endsOfPart, paramsOfPart, stepsOfPart } from './part-items.ts';
import type { Hosted } from './part-items.ts';
import type { Check, Param, Procedure, Step } from './schema.ts';

/** Where an item of an inlined procedure stands in its file: at its own place, or at the step that calls the part it comes from. */
export type Origin = { readonly index: number; readonly part: string | null };
export type Inlined = { readonly procedure: Procedure; readonly origins: Readonly<Record<Section, readonly Origin[]>> };
export type Section = 'preflight' | 'steps' | 'verify';

/** Looks a procedure up by its id. */
export type FindProcedure = (id: string) => Procedure | undefined;

/**
 * Puts the items of other procedures in the place of the steps that call them, so that a run is one plan with one order, one
 * undo and one set of claims. Expects what the catalog has checked: the parts are there, and none calls itself.
 */
export function inlineParts(procedure: Procedure, find: FindProcedure): Inlined {
  const hosted = hostedIn(procedure, find);
  if (hosted.length === 0) return { procedure, origins: inPlace(procedure) };
  const steps = procedure.steps.flatMap((step, index) => {
    const host = hosted.find((each) => each.index === index);
    const after = afterOf(step, procedure.steps[index - 1], hosted);
    if (host) return stepsOfPart(host, after).map((item) => ({ item, origin: originOf(host) }));
    return [{ item: { ...step, after: [...after] }, origin: { index, part: null } }];
  });
  const preflight = checksIn('preflight', procedure.preflight ?? [], hosted);
  const verify = checksIn('verify', procedure.verify, hosted);
  const needs = [...new Set([procedure, ...hosted.map(({ part }) => part)].flatMap((each) => each.needs ?? []))];
  const params: Record<string, Param> = Object.assign({}, procedure.params, ...hosted.map(paramsOfPart));
  return {
    procedure: {
      ...procedure,
      ...(needs.length > 0 && { needs }),
      ...(Object.keys(params).length > 0 && { params }),
      ...(preflight.length > 0 && { preflight: preflight.map(({ item }) => item) }),
      steps: steps.map(({ item }) => item),
      verify: verify.map(({ item }) => item),
    },
    origins: { preflight: preflight.map(placeOf), steps: steps.map(placeOf), verify: verify.map(placeOf) },
  };
}

function inPlace({ preflight = [], steps, verify }: Procedure): Inlined['origins'] {
  return { preflight: preflight.map(ownPlace), steps: steps.map(ownPlace), verify: verify.map(ownPlace) };
}

function ownPlace(_item: unknown, index: number): Origin {
  return { index, part: null };
}

/** The ids of all procedures that a procedure is made of, itself not counted, each once. */
export function partIdsOf(procedure: Procedure, find: FindProcedure): readonly string[] {
  const found = new Set<string>();
  const open = [procedure];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const { procedure: part } of next.steps) {
      if (!part || found.has(part.id)) continue;
      found.add(part.id);
      const inner = find(part.id);
      if (inner) open.push(inner);
    }
  }
  return [...found];
}

function hostedIn(procedure: Procedure, find: FindProcedure): readonly Hosted[] {
  return procedure.steps.flatMap((step, index) => {
    const source = step.procedure && find(step.procedure.id);
    return step.procedure && source ? [{ index, step, call: step.procedure, part: inlineParts(source, find).procedure }] : [];
  });
}

/** What a step waits for, with the last steps of a part where it waits for the step that calls it. */
function afterOf(step: Step, above: Step | undefined, hosted: readonly Hosted[]): readonly string[] {
  const own = step.after ?? (above ? [above.id] : []);
  return own.flatMap((id) => {
    const host = hosted.find((each) => each.step.id === id);
    return host ? endsOfPart(host) : [id];
  });
}

function checksIn(section: 'preflight' | 'verify', own: readonly Check[], hosted: readonly Hosted[]) {
  return [
    ...own.map((item, index) => ({ item, origin: { index, part: null } })),
    ...hosted.flatMap((host) => checksOfPart(host, section).map((item) => ({ item, origin: originOf(host) }))),
  ];
}

function originOf({ index, call }: Hosted): Origin {
  return { index, part: call.id };
}

function placeOf({ origin }: { readonly origin: Origin }): Origin {
  return origin;
}
