import { membersListed } from '../../core/contact/reachable.ts';
import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import { valueMistake } from '../../core/procedure/param-value.ts';
import type { Settings } from '../../core/settings.ts';
import type { Finding, Path } from '../finding.ts';
import { alertMistakes } from './alerts.ts';
import { criteriaMistakes, rolesTold } from './incidents.ts';
import { drillMistakes } from './drills.ts';
import type { Known } from './drills.ts';
import { deployableMistakes } from './deployables.ts';
import { exportMistakes } from './exports.ts';
import { metricMistakes } from './metrics.ts';
import { peopleMistakes } from './people.ts';
import { tellMistakes } from './tell.ts';
import { terminalMistakes } from './terminal.ts';
import { triggerMistakes } from './triggers.ts';
import type { TakesAway } from './triggers.ts';

type Names = {
  readonly settings: Settings;
  readonly procedures: readonly string[];
  readonly find: Known['find'];
  /** What procedures claim, where that is known of all of them. */
  readonly locks: readonly string[];
  /** The first step of a procedure that may take something away. */
  readonly takesAway: TakesAway;
};

/** What `rollbot.yml` says about itself and about the procedures that there are. */
export function settingsMistakes({ settings, procedures, find, locks, takesAway }: Names): readonly Finding[] {
  return [
    ...defaultTarget(settings),
    ...sharedMistakes(settings, locks),
    ...Object.entries(settings.targets).flatMap(([name, target]) => targetMistakes(target, ['targets', name], procedures)),
    ...metricMistakes(settings),
    ...namedRoles(settings).flatMap(({ role, path }) => roleMistakes(role, path, settings)),
    ...Object.keys(settings.start)
      .filter((id) => id !== '*' && !procedures.includes(id))
      .map((id): Finding => ({ path: ['start', id], on: 'key', says: noProcedure(id, procedures) })),
    ...maintenanceMistakes(settings),
    ...peopleMistakes(settings),
    ...tellMistakes(settings, procedures),
    ...alertMistakes(settings, procedures),
    ...criteriaMistakes(settings),
    ...exportMistakes(settings, procedures),
    ...drillMistakes(settings, { ids: procedures, find }),
    ...triggerMistakes(settings, procedures, takesAway),
    ...terminalMistakes(settings),
  ];
}

function defaultTarget({ targets }: Settings): readonly Finding[] {
  const names = Object.keys(targets).filter((name) => targets[name]?.default);
  if (names.length === 1) return [];
  if (names.length === 0) return [{ path: ['targets'], says: 'No target is the default; expected "default: true" on exactly one.' }];
  return [{ path: ['targets', names[1]!, 'default'], says: `${sayList(names, 'and')} are both the default; expected exactly one.` }];
}

/** A lock with a typo in it would keep nobody out. */
function sharedMistakes({ shared = [] }: Settings, locks: readonly string[]): readonly Finding[] {
  if (locks.length === 0) return [];
  return shared.flatMap((lock, index) =>
    locks.includes(lock)
      ? []
      : [{ path: ['shared', index], says: `No procedure claims "${lock}".${didYouMean(lock, locks)} Expected one of their "locks".` }],
  );
}

function maintenanceMistakes({ maintenance = [], targets }: Settings): readonly Finding[] {
  const known = Object.keys(targets);
  return maintenance.flatMap(({ from, to, targets: its = [] }, index) => {
    const path: Path = ['maintenance', index];
    const says = 'It ends before it begins; expected a moment after "from".';
    const late: readonly Finding[] = Date.parse(to) > Date.parse(from) ? [] : [{ path: [...path, 'to'], says }];
    const strange = its.flatMap((target, at): readonly Finding[] =>
      known.includes(target)
        ? []
        : [
            {
              path: [...path, 'targets', at],
              says: `There is no target "${target}".${didYouMean(target, known)} Expected one of "targets".`,
            },
          ],
    );
    return [...late, ...strange];
  });
}

function targetMistakes(target: Settings['targets'][string], path: Path, procedures: readonly string[]): readonly Finding[] {
  const unknown = (target.procedures ?? []).flatMap((id, index) =>
    procedures.includes(id) ? [] : [{ path: [...path, 'procedures', index], says: noProcedure(id, procedures) }],
  );
  const versions = Object.entries(target['last-good'] ?? {}).flatMap(([of, version]) => {
    const mistake = valueMistake({ about: 'a commit', type: 'git-commit' }, version);
    return mistake ? [{ path: [...path, 'last-good', of], says: `The last good version of ${of} ${mistake}` }] : [];
  });
  const texts = [...Object.entries(target.vars ?? {}).map(named('vars')), ...Object.entries(target.env ?? {}).map(named('env'))];
  const references = texts
    .filter(({ value }) => typeof value === 'string' && value.includes('${'))
    .map(({ section, name }) => ({
      path: [...path, section, name],
      says: 'Found ${, and references are not filled in here; expected plain text.',
    }));
  const takenBack = Object.entries(target.deployables ?? {}).flatMap(([of, { procedure }]) =>
    procedure === undefined || procedures.includes(procedure)
      ? []
      : [{ path: [...path, 'deployables', of, 'procedure'], says: noProcedure(procedure, procedures) }],
  );
  return [...unknown, ...versions, ...references, ...takenBack, ...deployableMistakes(target, path)];
}

function named(
  section: string,
): ([name, value]: [string, unknown]) => { readonly section: string; readonly name: string; readonly value: unknown } {
  return ([name, value]) => ({ section, name, value });
}

type Named = { readonly role: string; readonly path: Path };

function namedRoles(settings: Settings): readonly Named[] {
  const {
    start,
    channels,
    commanders,
    triggers = {},
    vendors = {},
    paging,
    drills = {},
    tell = [],
    'follow-ups': followUps = [],
    'break-glass': glass,
  } = settings;
  return [
    ...rolesTold(settings),
    ...Object.entries(start).flatMap(([id, roles]) => roles.map((role, index) => ({ role, path: ['start', id, index] }))),
    ...(channels.invite ?? []).map((role, index) => ({ role, path: ['channels', 'invite', index] })),
    ...(commanders ?? []).map((role, index) => ({ role, path: ['commanders', index] })),
    ...(glass?.roles ?? []).map((role, index) => ({ role, path: ['break-glass', 'roles', index] })),
    ...(glass ? [{ role: glass.tells, path: ['break-glass', 'tells'] }] : []),
    ...followUps.map(({ owner: role }, index) => ({ role, path: ['follow-ups', index, 'owner'] })),
    ...Object.entries(triggers).flatMap(([name, { page = [] }]) =>
      page.map((role, index) => ({ role, path: ['triggers', name, 'page', index] })),
    ),
    ...tell.flatMap((rule, index) => rule.roles.map((role, at) => ({ role, path: ['tell', index, 'roles', at] }))),
    ...Object.entries(vendors).map(([name, { owner }]) => ({ role: owner, path: ['vendors', name, 'owner'] })),
    ...Object.entries(paging?.chains ?? {}).flatMap(([name, { everybody = [] }]) =>
      everybody.map((role, index) => ({ role, path: ['paging', 'chains', name, 'everybody', index] })),
    ),
    ...Object.entries(drills).flatMap(([name, { roles = [] }]) =>
      roles.map((role, index) => ({ role, path: ['drills', name, 'roles', index] })),
    ),
  ];
}

function roleMistakes(role: string, path: Path, settings: Settings): readonly Finding[] {
  const { roles } = settings;
  const known = Object.keys(roles);
  const held = Object.hasOwn(roles, role) ? roles[role] : undefined;
  if (!held) return [{ path, says: `There is no role "${role}".${didYouMean(role, known)} Expected one of "roles".` }];
  if (membersListed(settings, role).length + (held.groups ?? []).length > 0) return [];
  return [{ path, says: `Nobody holds the role "${role}"; expected people, groups or contacts for it under "roles".` }];
}

function noProcedure(id: string, procedures: readonly string[]): string {
  return `There is no procedure "${id}".${didYouMean(id, procedures)} Expected the name of a file of the procedures' folder, without .yml.`;
}
