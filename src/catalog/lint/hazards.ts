import { didYouMean } from '../../core/procedure/nearest.ts';
import type { Check, Procedure, Step } from '../../core/procedure/schema.ts';
import type { Subject } from '../checks/subject.ts';
import type { Finding, Path } from '../finding.ts';
import { actsOf } from './act.ts';
import { RULES, RULE_IDS } from './rules.ts';

/** What has hurt people before, unless the step or check says why it is right there; and whatever it allows for nothing. */
export function hazards({ procedure }: Subject): readonly Finding[] {
  const acts = actsOf(procedure);
  const scene = { acts, calls: acts.flatMap(({ shell }) => shell.calls) };
  const hits = acts.flatMap((act) =>
    RULES.flatMap((rule) =>
      rule.find(act, scene).map((hit): Found => ({ ...hit, rule: rule.id, path: act.path, item: act.item.join('.') })),
    ),
  );
  return itemsOf(procedure).flatMap(({ path, allow }) => {
    const here = hits.filter(({ item }) => item === path.join('.'));
    const allowed = new Set(allow.map(({ rule }) => rule));
    return [
      ...acts
        .filter(({ item, shell }) => shell.tooDeep && item.join('.') === path.join('.'))
        .map((act) => ({ path: act.path, says: TOO_DEEP })),
      ...here.filter(({ rule }) => !allowed.has(rule)).map(findingOf),
      ...allow.flatMap((_, index) => allowMistakes(allow, index, here).map((says) => ({ path: [...path, 'allow', index, 'rule'], says }))),
    ];
  });
}

const TOO_DEEP = 'This script is nested too deeply to be read; expected a flat one.';

type Found = { readonly rule: string; readonly says: string; readonly at?: number; readonly path: Path; readonly item: string };
type Allowed = NonNullable<Step['allow']>;

function findingOf({ path, says, rule, at }: Found): Finding {
  return { path, says: `${says} (${rule})`, ...(at !== undefined && { at }) };
}

type Item = { readonly path: Path; readonly allow: Allowed };

function itemsOf({ preflight = [], steps, verify }: Procedure): readonly Item[] {
  return [...listed('preflight', preflight), ...listed('steps', steps), ...listed('verify', verify)];
}

function listed(section: string, items: readonly (Step | Check)[]): readonly Item[] {
  return items.map(({ allow = [] }, index) => ({ path: [section, index], allow }));
}

function allowMistakes(allow: Allowed, index: number, here: readonly Found[]): readonly string[] {
  const { rule } = allow[index]!;
  if (!RULE_IDS.includes(rule)) {
    return [`There is no rule "${rule}".${didYouMean(rule, RULE_IDS)} Expected one of those that "rollbot check --rules" lists.`];
  }
  if (allow.findIndex((each) => each.rule === rule) < index) return [`"${rule}" is allowed here a second time; expected each rule once.`];
  if (here.some((each) => each.rule === rule)) return [];
  return [`"${rule}" is allowed here, and nothing here is refused by it; expected no such line.`];
}
