import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { PersonId } from '../../../src/core/brand.ts';
import type { PageFact } from '../../../src/core/page/event.ts';
import type { Delivery } from '../../../src/core/page/port.ts';
import type { Timed } from '../../../src/core/stream-kind.ts';
import { chain, LEADS, MINUTE, openWalk, order, rung } from './walk.ts';

const Answer = fc.constantFrom<Delivery | 'crash'>(
  { status: 'delivered', says: 'there', ref: null },
  { status: 'sent', says: 'taken', ref: '1' },
  { status: 'failed', says: 'busy', final: false },
  { status: 'failed', says: 'refused', final: true },
  { status: 'unknown', says: 'lost' },
  'crash',
);

const DANA = { name: 'dana', person: 'U-dana' as PersonId, contact: null };

/** Time passes, the clock is set forwards or backwards, another process does the same, and people answer or not. */
const Happening = fc.oneof(
  fc.record({ is: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 20 * MINUTE }) }),
  fc.record({ is: fc.constant('jump' as const), ms: fc.integer({ min: -90 * MINUTE, max: 90 * MINUTE }), twice: fc.boolean() }),
  fc.record({ is: fc.constant('escalate' as const) }),
  fc.record({ is: fc.constant('more' as const), rank: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ is: fc.constant('done' as const) }),
  fc.record({ is: fc.constant('answer' as const), holdsMs: fc.integer({ min: MINUTE, max: 20 * MINUTE }) }),
);

const Chain = fc
  .record({
    rungs: fc.array(
      fc
        .tuple(fc.integer({ min: 1, max: 10 }), fc.boolean())
        .map(([minutes, leads]) => rung(minutes, leads ? { roles: [LEADS], contacts: [] } : null)),
      { minLength: 1, maxLength: 4 },
    ),
    rounds: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ rungs, rounds }) => chain(rungs, rounds));

test('nobody is sent the same stage twice by the same medium unless the one before failed or is unknown, whatever clocks and processes do', () => {
  fc.assert(
    fc.property(Chain, fc.array(Happening, { maxLength: 25 }), fc.infiniteStream(Answer), (pinned, happenings, answers) => {
      const page = openWalk(pinned, { send: () => answers.next().value });
      for (const happening of happenings) {
        if (happening.is === 'pass') page.pass(happening.ms);
        else if (happening.is === 'jump') page.jump(happening.ms, happening.twice);
        else if (happening.is === 'answer')
          page.say({ kind: 'acknowledge', by: DANA, roles: [LEADS], commanders: [LEADS], how: 'button', holdsMs: happening.holdsMs });
        else if (happening.is === 'more') page.say({ kind: 'open-page', ...order, rank: happening.rank });
        else if (happening.is === 'done')
          page.say({ kind: 'end-page', by: { kind: 'person', id: 'U-x' as PersonId, name: 'x' }, roles: [LEADS], commanders: [LEADS] });
        else page.say({ kind: 'escalate', by: { kind: 'person', id: 'U-x' as PersonId, name: 'x' }, roles: [LEADS], commanders: [LEADS] });
      }
      expect(twice(page.events)).toEqual([]);
      const stages = page.events.flatMap((event) => (event.type === 'stage-began' ? [event.stage] : []));
      expect(stages).toEqual(stages.map((_, index) => index));
    }),
  );
});

test('each stage begins to the second when the one before is over, however often the bot looks', () => {
  fc.assert(
    fc.property(Chain, fc.array(fc.integer({ min: 1, max: 10 * MINUTE }), { minLength: 1, maxLength: 20 }), (pinned, looks) => {
      const often = openWalk(pinned);
      const once = openWalk(pinned);
      for (const ms of looks) often.pass(ms);
      once.pass(looks.reduce((sum, ms) => sum + ms, 0));
      expect(often.sent).toEqual(once.sent);
    }),
  );
});

/** The deliveries that were intended though the attempt before them may have arrived. */
function twice(events: readonly Timed<PageFact>[]): readonly string[] {
  const last = new Map<string, string>();
  const found: string[] = [];
  for (const event of events) {
    if (event.type !== 'delivery-intended' && event.type !== 'delivery-noted') continue;
    const key = `${event.stage} ${event.contact} ${event.medium}`;
    if (event.type === 'delivery-intended') {
      const before = last.get(key);
      if (before !== undefined && before !== 'failed' && before !== 'unknown') found.push(`${key} after ${before}`);
      last.set(key, 'intended');
    } else last.set(key, event.status);
  }
  return found;
}
