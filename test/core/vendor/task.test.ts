import { describe, expect, test } from 'vitest';
import type { IncidentId, Instant, PersonId, RoleId, TokenId } from '../../../src/core/brand.ts';
import { vendorSubject, vendorText } from '../../../src/core/contact/vendor-text.ts';
import type { IncidentFact } from '../../../src/core/incident/event.ts';
import { evolve as evolveIncident, INITIAL } from '../../../src/core/incident/evolve.ts';
import type { IncidentState } from '../../../src/core/incident/state.ts';
import type { VendorCommand } from '../../../src/core/vendor/command.ts';
import { due } from '../../../src/core/vendor/due.ts';
import { VENDOR } from '../../../src/core/vendor/kind.ts';
import { pagesAfterVendor } from '../../../src/core/vendor/pages.ts';
import { REMIND_MS } from '../../../src/core/vendor/state.ts';
import type { VendorState } from '../../../src/core/vendor/state.ts';
import { BEGINS, dana, mina, omar, opened, started } from '../../slack/story.ts';
import { CLOUDFLARE } from '../../slack/vendor-samples.ts';

const OPS = 'devops-engineer' as RoleId;
const LEADS = ['lead-developer' as RoleId];
const MINUTE = 60_000;
const at = (minutes: number): Instant => (BEGINS + minutes * MINUTE) as Instant;

const ASK: VendorCommand = {
  kind: 'ask-vendor',
  incident: 'k7m2xq' as IncidentId,
  drill: false,
  vendor: CLOUDFLARE,
  why: 'no answer',
  text: 'Is anything known?',
  owner: { name: 'omar', person: omar.id },
  token: 'T1' as TokenId,
  by: dana,
  roles: LEADS,
};
const asOmar = { by: omar, roles: [OPS], commanders: LEADS } as const;
const asMina = { by: mina, roles: ['database-admin' as RoleId], commanders: LEADS } as const;
const MAIL: VendorCommand = { kind: 'intend-mail', ...asOmar };
const SENT: VendorCommand = { kind: 'note-mail', status: 'sent', says: 'taken' };
const LOST: VendorCommand = { kind: 'note-mail', status: 'unknown', says: 'lost' };
const DONE: VendorCommand = { kind: 'finish-task', says: 'They were asked.', ...asOmar };

/** What becomes of commands, a minute apart; and what the last one was answered with. */
function play(...commands: readonly VendorCommand[]): { readonly state: VendorState; readonly last: string } {
  let state = VENDOR.initial;
  let last = '';
  for (const [minute, command] of commands.entries()) {
    const decided = VENDOR.decide(state, command, at(minute));
    last = 'refusal' in decided ? decided.refusal : decided.map(({ type }) => type).join();
    if (!('refusal' in decided)) for (const fact of decided) state = VENDOR.evolve(state, { ...fact, at: at(minute) });
  }
  return { state, last };
}

describe('what may be done', () => {
  test.each<[what: string, commands: readonly VendorCommand[], answer: string]>([
    ['somebody asks', [ASK], 'vendor-asked'],
    ['in a drill nobody outside is asked', [{ ...ASK, drill: true }], 'in-a-drill'],
    ['by somebody without a role', [{ ...ASK, roles: [] }], 'no-role'],
    ['twice', [ASK, ASK], 'asked-already'],
    ['again once it is over', [ASK, DONE, ASK], 'vendor-asked'],
    ['a mail', [ASK, MAIL], 'mail-intended'],
    ['a mail by a commander', [ASK, { ...MAIL, by: dana, roles: LEADS }], 'mail-intended'],
    ['a mail by somebody else', [ASK, { ...MAIL, ...asMina }], 'not-in-role'],
    [
      'by whoever has the task, whatever their role is',
      [
        { ...ASK, owner: { name: 'mina', person: mina.id } },
        { ...MAIL, ...asMina },
      ],
      'mail-intended',
    ],
    ['two clicks', [ASK, MAIL, MAIL], 'mail-under-way'],
    ['once more when it has gone out', [ASK, MAIL, SENT, MAIL], 'mail-sent'],
    ['once more when it may not have gone out', [ASK, MAIL, LOST, MAIL], 'mail-intended'],
    ['to nobody', [{ ...ASK, vendor: { ...CLOUDFLARE, email: null } }, MAIL], 'no-address'],
    ['an answer that comes late changes nothing', [ASK, MAIL, LOST, SENT], ''],
    ['an answer after it is over', [ASK, MAIL, DONE, SENT], ''],
    ['somebody takes it', [ASK, { kind: 'take-task', by: dana, roles: [OPS], commanders: LEADS }], 'task-taken'],
    ['who has it takes it', [ASK, { kind: 'take-task', ...asOmar }], ''],
    ['it is done', [ASK, DONE], 'task-over'],
    ['it is done by somebody else', [ASK, { ...DONE, ...asMina }], 'not-in-role'],
    ['twice done', [ASK, DONE, DONE], 'no-task'],
    ['done before anybody was asked', [DONE], 'no-task'],
    ['the incident is closed', [ASK, { kind: 'end-task', says: 'The incident is closed.' }], 'task-over'],
    ['reminded too early', [ASK, { kind: 'remind-owner' }], ''],
  ])('%s', (_what, commands, answer) => {
    expect(play(...commands).last).toBe(answer);
  });
});

describe('what time alone makes due', () => {
  test('its owner is reminded every quarter of an hour, and not again at once when somebody has just taken it', () => {
    const { state } = play(ASK);
    expect(VENDOR.nextDueAt(state)).toBe(BEGINS + REMIND_MS);
    expect([due(state, at(14)), due(state, at(15))]).toEqual([[], [{ do: 'remind' }]]);
    const taken = play(ASK, { kind: 'take-task', by: mina, roles: [OPS], commanders: LEADS }).state;
    expect([due(taken, at(15)), due(taken, at(16))]).toEqual([[], [{ do: 'remind' }]]);
  });

  test('a mail whose answer has not come is unknown after two minutes', () => {
    const { state } = play(ASK, MAIL);
    expect([due(state, at(2)), due(state, at(3))]).toEqual([[], [{ do: 'lose-mail' }]]);
  });

  test('what is over is owed nothing', () => {
    expect(VENDOR.nextDueAt(play(ASK, DONE).state)).toBeNull();
  });
});

test('the role is paged for it, until it is over', () => {
  const { state } = play(ASK);
  const facts = VENDOR.decide(VENDOR.initial, ASK, at(0));
  const [opens] = 'refusal' in facts ? [] : pagesAfterVendor(state, facts);
  expect(opens?.commands).toMatchObject([
    { kind: 'open-page', to: { roles: [OPS] }, summary: 'Ask Cloudflare Support: no answer', drill: false },
  ]);
  const over = play(ASK, DONE).state;
  const [closes] = pagesAfterVendor(over, [{ type: 'task-over', by: omar, says: 'They were asked.' }]);
  expect(closes).toMatchObject({ stream: opens?.stream, commands: [{ kind: 'close-page', how: 'reason-gone' }] });
});

const incident = (...facts: readonly IncidentFact[]) => {
  const state = facts.reduce<IncidentState>((before, fact) => evolveIncident(before, { ...fact, at: BEGINS }), INITIAL);
  if (state.status === 'none') throw new Error('Nothing has happened.');
  return state;
};

describe('what is said', () => {
  test.each<[what: string, facts: readonly IncidentFact[], say: string | undefined, why: string, text: string]>([
    [
      'the facts are filled in',
      [opened, started],
      '${incident} on ${target} since ${since}: ${procedure}. ${impact}',
      'No answer.',
      'Cache warming rollback on production on production since 2026-11-24 14:00 UTC: Cache warming rollback. No answer.',
    ],
    [
      'what somebody writes is never filled in again',
      [opened, started],
      '${impact}',
      '${since} ${secrets.redis_url}',
      '${since} ${secrets.redis_url}',
    ],
    ['nothing is known yet', [opened], '${procedure} on ${target}', '', 'nothing yet on our platform'],
    [
      'rollbot.yml says nothing of it',
      [opened, started],
      undefined,
      '',
      'Cache warming rollback on production on production, since 2026-11-24 14:00 UTC.\nWe have started: Cache warming rollback.',
    ],
  ])('%s', (_what, facts, say, why, text) => {
    expect(vendorText(say, incident(...facts), why)).toBe(text);
  });

  test('the subject says what and since when', () => {
    expect(vendorSubject(incident(opened, started))).toBe('Cache warming rollback on production (production, since 2026-11-24 14:00 UTC)');
  });
});

test('whoever is on call is a person, not a role', () => {
  const { state } = play(
    { ...ASK, owner: { name: 'The phone', person: null } },
    {
      ...MAIL,
      by: { ...mina, id: 'U9' as PersonId },
      roles: [],
    },
  );
  expect(state).toMatchObject({ mail: { status: 'none' } });
});
