import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IncidentId } from '../../src/core/brand.ts';
import type { Command } from '../../src/core/incident/command.ts';
import type { Store } from '../../src/core/ports.ts';
import { createJournal } from '../../src/runner/journal.ts';
import type { Journal } from '../../src/runner/journal.ts';
import { at, component, FOLDS, keepingLog, stream, withoutTypes } from '../contracts/store/subject.ts';
import type { Subject } from '../contracts/store/subject.ts';
import { sqliteSubject } from '../store/place.ts';

const A = stream('a');
const API = component('worker:api');
const ROLLBOT = { kind: 'rollbot' } as const;
const OPEN: Command = { kind: 'open-incident', incident: 'a' as IncidentId, title: 'Cache is cold', by: ROLLBOT, drill: false, home: null };
const SEEN = { kind: 'note-deployed', version: 'v1' } as const;

let subject: Subject;
let changed: string[];

beforeEach(async () => {
  subject = await sqliteSubject(FOLDS);
  changed = [];
});
afterEach(async () => {
  await subject.end();
});

describe('commands to several streams', () => {
  test('are one append, and everybody is told of each stream', async () => {
    const journal = journalOn(subject.store);
    const applied = await journal.applyTo([
      { stream: A, commands: [OPEN] },
      { stream: API, commands: [SEEN, { ...SEEN, version: 'v2' }] },
    ]);
    expect(applied).toMatchObject({
      status: 'done',
      facts: [{ type: 'incident-opened' }, { type: 'version-running', version: 'v1' }, { type: 'version-running', version: 'v2' }],
    });
    expect((await journal.load(A)).state.status).toBe('open');
    expect((await journal.load(API)).state).toMatchObject({ running: 'v2' });
    expect(changed).toEqual([A, API]);
  });

  test('whoever breaks over what they hear keeps nobody else from hearing it, and what is written from being answered', async () => {
    const journal = journalOn(subject.store);
    const heard: string[] = [];
    const ends = [
      journal.onChange(() => {
        throw new Error('This listener is broken.');
      }),
      journal.onChange((one) => heard.push(one)),
    ];
    expect(await journal.apply(A, OPEN)).toMatchObject({ status: 'done' });
    expect(heard).toEqual([A]);
    for (const end of ends) end();
  });

  test('one refusal leaves all of them as they were', async () => {
    const journal = journalOn(subject.store);
    await journal.apply(A, OPEN);
    const applied = await journal.applyTo([
      { stream: API, commands: [SEEN] },
      { stream: A, commands: [OPEN] },
    ]);
    expect(applied).toMatchObject({ status: 'refused', refusal: { refusal: 'incident-open-already' } });
    expect((await journal.load(API)).seq).toBe(0);
  });

  test('are decided again where somebody else was first in one of them', async () => {
    const rival = await subject.second();
    let beaten = false;
    const store: Store = {
      ...subject.store,
      async append(...written) {
        if (!beaten) {
          beaten = true;
          await journalOn(rival).apply(API, { ...SEEN, version: 'v0' });
        }
        return await subject.store.append(...written);
      },
    };
    const changes = [
      { stream: A, commands: [OPEN] },
      { stream: API, commands: [SEEN] },
    ] as const;
    expect(await journalOn(store).applyTo(changes)).toMatchObject({ status: 'done' });
    expect((await subject.store.events(API)).map(({ event }) => event)).toMatchObject([{ version: 'v0' }, { version: 'v1' }]);
    expect(await subject.store.events(A)).toHaveLength(1);
  });

  test('what a newer Rollbot has written is refused, and nothing else is written either', async () => {
    await journalOn(subject.store).apply(A, OPEN);
    const journal = journalOn(await subject.reopen(withoutTypes('incident-opened')));
    const link: Command = { kind: 'link-channel', channel: 'C01', name: 'inc-cache', made: true };
    const applied = await journal.applyTo([
      { stream: API, commands: [SEEN] },
      { stream: A, commands: [link] },
    ]);
    expect(applied).toMatchObject({ status: 'refused', refusal: { refusal: 'written-by-newer' } });
    expect((await journal.load(API)).seq).toBe(0);
  });
});

function journalOn(store: Store): Journal {
  const clock = { now: () => at(1000), monotonicMs: () => 1000, after: () => () => undefined };
  const journal = createJournal({ store, clock, log: keepingLog([]) });
  journal.onChange((each) => changed.push(each));
  return journal;
}
