import { describe, expect, test } from 'vitest';
import type { PersonId, StreamId } from '../../../src/core/brand.ts';
import { notedAfter, sayNote } from '../../../src/core/page/note.ts';
import type { Answerer, PageOrder } from '../../../src/core/page/state.ts';
import { chain, LEADS, MINUTE, openWalk, order, rung } from './walk.ts';

const mina: Answerer = { name: 'mina', person: 'U-mina' as PersonId, contact: null };
const acknowledge = (by: Answerer) => ({ kind: 'acknowledge', by, roles: [], commanders: [LEADS], how: 'button', holdsMs: null }) as const;

const about = { ...order.about, incident: 'incident/i1' as StreamId };
const told = (asked: PageOrder) => {
  const page = openWalk(chain([rung(5), rung(5)]), { asked });
  page.pass(8 * MINUTE);
  page.say(acknowledge(mina));
  return notedAfter(page.state, page.events)
    .flatMap(({ commands }) => [...commands])
    .flatMap((command) => (command.kind === 'note-page' ? [sayNote(command.note)] : []))
    .filter((line) => line !== null);
};

describe('what an incident keeps of a page', () => {
  test('is who was called, by what, and who answered', () => {
    expect(told({ ...order, about })).toEqual([
      'Paged database-admin: Restore needed',
      'Called mina (slack, email)',
      'Called omar (slack)',
      'mina answered the page (by button)',
    ]);
  });

  test('is nothing before anybody is called, where a page waits first', () => {
    expect(told({ ...order, about, delayMs: 5 * MINUTE })).toEqual([
      'Paged database-admin: Restore needed',
      'Called mina (slack, email)',
      'mina answered the page (by button)',
    ]);
    const waiting = openWalk(chain([rung(5)]), { asked: { ...order, about, delayMs: 5 * MINUTE } });
    const [change] = notedAfter(waiting.state, waiting.events);
    const [first] = change?.commands ?? [];
    expect(first?.kind === 'note-page' && sayNote(first.note)).toBeNull();
  });

  test('is also that somebody had it in vain', () => {
    const page = openWalk(chain([rung(5), rung(5)]), { asked: { ...order, about } });
    page.say({ ...acknowledge(mina), holdsMs: MINUTE });
    page.pass(MINUTE);
    const notes = notedAfter(page.state, page.events).flatMap(({ commands }) => [...commands]);
    expect(notes.flatMap((command) => (command.kind === 'note-page' ? [sayNote(command.note)] : []))).toContain(
      'mina answered the page, and nothing came of it: the next ones are called',
    );
  });

  test('is nothing where it is about none', () => {
    expect(told(order)).toEqual([]);
  });
});
