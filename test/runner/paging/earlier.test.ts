import { expect, test } from 'vitest';
import type { RoleId, RunId, StreamId } from '../../../src/core/brand.ts';
import { evolve, INITIAL } from '../../../src/core/incident/evolve.ts';
import type { IncidentState } from '../../../src/core/incident/state.ts';
import type { PageWhy } from '../../../src/core/page/state.ts';
import { earlierFor } from '../../../src/runner/paging/earlier.ts';
import type { Journal } from '../../../src/runner/journal.ts';
import { openWalk, chain, rung, order } from '../../core/page/walk.ts';
import { BEGINS, opened, started } from '../../slack/story.ts';

const [DBA, LEADS] = ['database-admin', 'lead-developer'] as RoleId[] as [RoleId, RoleId];
const INCIDENT = 'incident/i1' as StreamId;
const [R1, R2] = ['r1', 'r2'] as RunId[] as [RunId, RunId];
const about = (run: RunId | null, incident: StreamId | null = INCIDENT) => ({ incident, run, step: null, attempt: null });

type Earlier = { readonly roles: readonly RoleId[]; readonly why?: PageWhy; readonly run?: RunId | null; readonly over?: true };

/** An incident with one page that was there before. */
function incidentWith({ roles, why = 'trigger', run = R1, over }: Earlier): IncidentState {
  const note = { is: 'opened', to: { roles, contacts: [] }, why, summary: 'Too many errors', about: about(run) } as const;
  const facts = [
    opened,
    { ...started, run: R1, by: { kind: 'rollbot' } } as const,
    { ...started, run: R2 },
    { type: 'page-noted', page: 'p0', note } as const,
    ...(over ? [{ type: 'page-noted', page: 'p0', note: { is: 'closed', says: 'It is over.' } } as const] : []),
  ];
  return facts.reduce<IncidentState>((state, fact) => evolve(state, { ...fact, at: BEGINS }), INITIAL);
}

test.each<[string, Earlier, PageWhy, readonly RoleId[], string | null]>([
  ['a rule has called them', { roles: [DBA] }, 'run-started', [DBA], 'database-admin is called by page p0 already.'],
  ['a rule has called them and others', { roles: [LEADS, DBA] }, 'run-started', [DBA], 'database-admin is called by page p0 already.'],
  ['a rule has called only some of them', { roles: [DBA] }, 'run-started', [DBA, LEADS], null],
  ['a rule has called others', { roles: [LEADS] }, 'run-started', [DBA], null],
  ['they were called about another run', { roles: [DBA], run: R2 }, 'run-started', [DBA], null],
  [
    'a rule has called them, and this contains it',
    { roles: [DBA], run: null },
    'run-started',
    [DBA],
    'database-admin is called by page p0 already.',
  ],
  ['what they were called for is over', { roles: [DBA], over: true }, 'run-started', [DBA], null],
  ['they were called by a person', { roles: [DBA], why: 'asked' }, 'run-started', [DBA], null],
  ['they have to approve', { roles: [DBA] }, 'approval', [DBA], null],
])('two callers of one role: %s', async (_what, earlier, why, roles, expected) => {
  const state = incidentWith(earlier);
  const journal = { load: async () => await Promise.resolve({ state, seq: 1, readOnly: null }) } as unknown as Pick<Journal, 'load'>;
  const page = openWalk(chain([rung(5)]), { asked: { ...order, why, to: { roles, contacts: [] }, about: about(R1) } });
  expect(await earlierFor(journal, page.state)).toBe(expected);
  const elsewhere = openWalk(chain([rung(5)]), { asked: { ...order, why, to: { roles, contacts: [] }, about: about(R1, null) } });
  expect(await earlierFor(journal, elsewhere.state)).toBeNull();
});

test('what a person starts where a rule has called somebody is told to them all the same', async () => {
  const state = incidentWith({ roles: [DBA], run: null });
  const journal = { load: async () => await Promise.resolve({ state, seq: 1, readOnly: null }) } as unknown as Pick<Journal, 'load'>;
  const asked = { ...order, why: 'run-started', to: { roles: [DBA], contacts: [] }, about: about(R2) } as const;
  expect(await earlierFor(journal, openWalk(chain([rung(5)]), { asked }).state)).toBeNull();
});
