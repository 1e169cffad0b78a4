import { parseText, referencesIn, writeReference } from '../reference.ts';
import type { Reference } from '../reference.ts';
import type { Check, Param, Part, Procedure, Step } from './schema.ts';

/** A part and the step of another procedure that calls it. */
export type Hosted = { readonly index: number; readonly step: Step; readonly call: Part; readonly part: Procedure };

/** The steps of a part under names of their own, beginning after `entry`. */
export function stepsOfPart(host: Hosted, entry: readonly string[]): readonly Step[] {
  const { part, step: caller } = host;
  return chosenSteps(host).map((step) => {
    const when = whenOf(host, step.when);
    const own = predecessors(part, step).flatMap((id) => chosenBefore(host, id));
    return {
      ...renamed(host, step),
      id: nameIn(host, step.id),
      title: `${caller.title}: ${step.title}`,
      after: own.length === 0 ? [...entry] : own.map((id) => nameIn(host, id)),
      ...(when && { when }),
    };
  });
}

/** The steps of a part for which none of its others waits: when they are over, the part is. */
export function endsOfPart(host: Hosted): readonly string[] {
  const chosen = chosenSteps(host);
  const awaited = new Set(chosen.flatMap((step) => predecessors(host.part, step).flatMap((id) => chosenBefore(host, id))));
  return chosen.filter(({ id }) => !awaited.has(id)).map(({ id }) => nameIn(host, id));
}

/** The checks of a part under names of their own. */
export function checksOfPart(host: Hosted, section: 'preflight' | 'verify'): readonly Check[] {
  return (section === 'verify' ? keptVerify(host) : chosenPreflight(host)).map((check) => {
    const when = whenOf(host, check.when);
    const id = check.id === undefined ? {} : { id: nameIn(host, check.id) };
    return { ...renamed(host, check), ...id, title: `${host.step.title}: ${check.title}`, ...(when && { when }) };
  });
}

/** The parameters of a part that its caller settles: each becomes one with a single choice. */
export function paramsOfPart(host: Hosted): Readonly<Record<string, Param>> {
  return Object.fromEntries(
    Object.entries(host.part.params ?? {}).flatMap(([name, param]) => {
      const value = valueOf(host, name, param);
      if (value === undefined || passedOn(value) !== undefined) return [];
      const { about } = param;
      return [[paramIn(host, name), { about: `${host.step.title}: ${about}`.slice(0, 150), choices: [value], default: value }]];
    }),
  );
}

/** What the caller says for a parameter of its part, else the part's own default; `last-good` is for people only. */
export function valueOf({ call }: Pick<Hosted, 'call'>, name: string, param: Param): string | undefined {
  const given = Object.hasOwn(call.with ?? {}, name) ? call.with?.[name] : undefined;
  const value = given ?? (param.default === 'last-good' ? undefined : param.default);
  return value === undefined ? undefined : String(value);
}

/** The caller's own parameter that a value hands on: `ref` of `${params.ref}`. */
export function passedOn(value: string): string | undefined {
  return /^\$\{params\.([a-z][a-z0-9_]*)\}$/.exec(value)?.[1];
}

/** A step that calls a part of its own stands for all that came in its place. */
function chosenSteps({ part, call }: Hosted): readonly Step[] {
  return part.steps.filter(({ id }) => (call.only === undefined || isAmong(call.only, id)) && !isAmong(call.without ?? [], id));
}

function keptVerify({ part, call }: Hosted): readonly Check[] {
  return call.verify === false ? [] : part.verify;
}

/**
 * With `only`, a check that has an id comes along where something that comes along refers to it: its id says that it is there to
 * be referred to. One without guards the target of every step.
 */
function chosenPreflight(host: Hosted): readonly Check[] {
  const checks = host.part.preflight ?? [];
  if (host.call.only === undefined) return checks;
  const open: unknown[] = [...chosenSteps(host), ...keptVerify(host), ...checks.filter(({ id }) => id === undefined)];
  const wanted = new Set<string>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const names = referencesIn(next).flatMap(({ scope, path: [name = ''] }) => (scope === 'steps' && !wanted.has(name) ? [name] : []));
    for (const name of names) wanted.add(name);
    open.push(...checks.filter(({ id }) => id !== undefined && names.includes(id)));
  }
  return checks.filter(({ id }) => id === undefined || wanted.has(id));
}

function isAmong(names: readonly string[], id: string): boolean {
  return names.some((name) => id === name || id.startsWith(`${name}_`));
}

function predecessors({ steps }: Procedure, step: Step): readonly string[] {
  const above = steps[steps.indexOf(step) - 1];
  return step.after ?? (above ? [above.id] : []);
}

/** The step itself where it was chosen, else those before it that were. */
function chosenBefore(host: Hosted, id: string): readonly string[] {
  if (chosenSteps(host).some((step) => step.id === id)) return [id];
  const step = host.part.steps.find((each) => each.id === id);
  return step ? predecessors(host.part, step).flatMap((before) => chosenBefore(host, before)) : [];
}

function whenOf(host: Hosted, own: Step['when']): Step['when'] {
  const inner = Object.entries(own ?? {}).map(([name, value]) => [paramOf(host, name), value] as const);
  const all = { ...host.step.when, ...Object.fromEntries(inner) };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** An id with an underscore in it, which no author can write, so that it is nobody else's. */
function nameIn({ step }: Hosted, id: string): string {
  return `${step.id}_${id}`;
}

function paramIn({ step }: Hosted, name: string): string {
  return `${step.id.replaceAll('-', '_')}_${name}`;
}

/** What a part's parameter is called in its caller. */
function paramOf(host: Hosted, name: string): string {
  const param = host.part.params?.[name];
  const value = param && valueOf(host, name, param);
  return (value === undefined ? undefined : passedOn(value)) ?? paramIn(host, name);
}

/** A copy in which every reference means the same thing from inside the caller. */
function renamed<T>(host: Hosted, value: T): T;
function renamed(host: Hosted, value: unknown): unknown {
  if (typeof value === 'string') return renamedText(host, value);
  if (Array.isArray(value)) return value.map((each: unknown) => renamed(host, each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renamed<unknown>(host, each)]));
}

function renamedText(host: Hosted, text: string): string {
  const pieces = parseText(text);
  if ('mistake' in pieces) return text;
  return pieces.map((piece) => (typeof piece === 'string' ? piece : writeReference(renamedReference(host, piece)))).join('');
}

function renamedReference(host: Hosted, reference: Reference): Reference {
  const [name = '', ...rest] = reference.path;
  if (reference.scope === 'params') return { ...reference, path: [paramOf(host, name)] };
  return reference.scope === 'steps' ? { ...reference, path: [nameIn(host, name), ...rest] } : reference;
}
