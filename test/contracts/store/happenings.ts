import type { Digest, IncidentId, PersonId, RunId, StepId, TokenId } from '../../../src/core/brand.ts';
import { sha256 } from '../../../src/core/digest.ts';
import type { IncidentFact, Person } from '../../../src/core/incident/event.ts';

const DANA: Person = { kind: 'person', id: 'U0DANA' as PersonId, name: 'dana' };

/** An incident that is due at `home`, where that is given. */
export function opened(title = 'Cache is cold', home: string | null = null): IncidentFact {
  return { type: 'incident-opened', incident: 'i1' as IncidentId, title, by: DANA, drill: false, home };
}

export function linked(channel: string): IncidentFact {
  return { type: 'channel-linked', channel, name: 'inc-cache', made: true };
}

export function closed(): IncidentFact {
  return { type: 'incident-closed', by: DANA, reason: null, left: [] };
}

/** A run with no steps, of a procedure with these locks. */
export function started(run: string, locks: readonly string[] = []): IncidentFact {
  return {
    type: 'run-started',
    run: run as RunId,
    procedure: { id: 'cache', title: 'Cache rollback', component: 'Cache', hash: digest('cache'), locks, steps: [], followUps: [] },
    target: { name: 'staging', protected: false, vars: {}, secrets: [], secretSources: {}, env: {}, hash: digest('staging') },
    params: { ref: 'last-good' },
    by: DANA,
    deciders: [],
    reason: null,
  };
}

export function finished(run: string): IncidentFact {
  return { type: 'run-finished', run: run as RunId, outcome: 'verified' };
}

/** An event that carries a token and changes nothing. */
export function shown(token: string, run = 'r1'): IncidentFact {
  return { type: 'approval-shown', run: run as RunId, step: 'clear' as StepId, token: token as TokenId };
}

export function digest(text: string): Digest {
  return sha256(text);
}
