import type { Instant } from '../brand.ts';
import { sharedRoles } from '../incident/find.ts';
import { reasonSaid } from '../incident/said.ts';
import { didYouMean, sayList } from '../procedure/nearest.ts';
import type { ComponentCommand, ReleaseAct } from './command.ts';
import { noteReading } from './decide-reading.ts';
import type { ComponentFact } from './event.ts';
import { refuse } from './refusal.ts';
import type { ReleaseRefusal } from './refusal.ts';
import { sayHold } from './say.ts';
import { isSameVersion, runningOf } from './state.ts';
import type { ComponentState, Release } from './state.ts';

type Decision = readonly ComponentFact[] | ReleaseRefusal;
type Of<Kind extends ComponentCommand['kind']> = Extract<ComponentCommand, { kind: Kind }>;

/** The rules of releases: what is good is said by time and health or by people, and what is bad by people and by runs. */
export function decide(state: ComponentState, command: ComponentCommand, now: Instant): Decision {
  switch (command.kind) {
    case 'note-reading':
      return noteReading(state, command, now);
    case 'note-deployed':
      if (runningOf(state) === command.version) return [];
      return [{ type: 'version-running', version: command.version, how: 'ci', run: null }];
    case 'note-rolled-back':
      return rolledBack(command);
    case 'note-undone':
      return holdsOf(state).some((hold) => hold.run === command.run) ? [{ type: 'run-unheld', run: command.run }] : [];
    case 'call-good':
    case 'call-bad':
    case 'hold':
    case 'unhold':
      return ofPerson(state, command);
    default:
      return command satisfies never;
  }
}

/** What a run came back from is doubted and held, so that it is not deployed again by habit. */
function rolledBack({ run, version, insteadOf, reason }: Of<'note-rolled-back'>): Decision {
  const by = { kind: 'rollbot' } as const;
  const bad = insteadOf === null || isSameVersion(insteadOf, version) ? null : insteadOf;
  return [
    ...(bad === null ? [] : [{ type: 'version-doubted', version: bad, by, reason, run } as const]),
    { type: 'version-running', version, how: 'run', run },
    ...(bad === null ? [] : [{ type: 'deployable-held', versions: [bad], by, reason, run } as const]),
  ];
}

function ofPerson(state: ComponentState, act: ReleaseAct): Decision {
  const { by } = act;
  const reason = reasonSaid(act.reason);
  if (sharedRoles(act.roles, act.commanders).length === 0) return refuse('not-in-role', `It needs ${sayList(act.commanders)}.`);
  switch (act.kind) {
    case 'call-good': {
      const release = find(state, act.version);
      if ('refusal' in release) return release;
      const { version, verified, doubted } = release;
      return verified && !doubted ? refuse('good-already') : [{ type: 'version-verified', version, by, reason }];
    }
    case 'call-bad': {
      const release = find(state, act.version);
      if ('refusal' in release) return release;
      const says = reason ?? 'no reason was given';
      return release.doubted
        ? refuse('doubted-already')
        : [{ type: 'version-doubted', version: release.version, by, reason: says, run: null }];
    }
    case 'hold': {
      const [held] = holdsOf(state);
      const running = runningOf(state);
      if (held) return refuse('held-already', sayHold(held));
      return [
        { type: 'deployable-held', versions: running === null ? [] : [running], by, reason: reason ?? 'no reason was given', run: null },
      ];
    }
    case 'unhold':
      return holdsOf(state).length === 0 ? refuse('not-held') : [{ type: 'deployable-unheld', by, reason }];
    default:
      return act satisfies never;
  }
}

/** A version that was seen here, by its name or by the beginning of its commit. */
function find(state: ComponentState, typed: string): Release | ReleaseRefusal {
  const releases = state.status === 'none' ? [] : state.releases;
  const exact = releases.find(({ version }) => version === typed);
  const [release, another] = exact ? [exact] : releases.filter(({ version }) => isSameVersion(version, typed));
  if (release && !another) return release;
  const names = releases.map(({ version }) => version);
  const known = names.length === 0 ? 'None was.' : `Seen last: ${sayList(names.slice(-3).toReversed(), 'and')}.`;
  return refuse('no-such-version', `${another ? `"${typed}" could be several.` : ''}${didYouMean(typed, names)} ${known}`.trim());
}

function holdsOf(state: ComponentState) {
  return state.status === 'none' ? [] : state.holds;
}
