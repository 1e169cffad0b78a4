import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Instant, PersonId, StreamId } from '../../src/core/brand.ts';
import type { MediumPort, PageMessage } from '../../src/core/page/port.ts';

/** A medium over the real thing, and what a test needs of that. */
export type MediumSubject = {
  readonly port: MediumPort;
  /** Everything that has arrived, as text. */
  arrived(): Promise<readonly string[]>;
  /** How many times it was asked for anything. */
  asked(): number;
  /** What happens to the next message. */
  next(what: 'busy' | 'refused' | 'lost'): void;
  /** Nobody listens any more. */
  disappears(): Promise<void>;
  /** What must stand in no sentence. */
  readonly secrets: readonly string[];
  /** Whether the same key is recognised, so that a doubled message is one. */
  readonly knowsDoubles: boolean;
  close(): Promise<void>;
};

export const KNOWN = 'mina';
const STRANGER = 'nobody';

export const message = (changes: Partial<PageMessage> = {}): PageMessage => ({
  key: 'p1:0:mina:medium',
  page: 'page/p1' as StreamId<'page'>,
  summary: 'DRILL: Restore needed – für «Mina» & <all>',
  details: 'Asked by dana.\nNow.',
  severity: 'error',
  at: Date.UTC(2026, 10, 24, 3, 0, 0) as Instant,
  person: 'U001MINA' as PersonId,
  acknowledge: 'https://rollbot.example/pages/p1/acknowledge?contact=mina&until=1&proof=x',
  ...changes,
});

/** Everything that a medium has to do, whatever it speaks. */
export function mediaContract(name: string, open: () => Promise<MediumSubject>): void {
  describe(`pages by ${name}`, () => {
    let subject: MediumSubject;
    beforeEach(async () => {
      subject = await open();
    });
    afterEach(async () => {
      await subject.close();
    });

    test('what is taken arrives, with all that it says', async () => {
      const delivery = await subject.port.send(KNOWN, message());
      expect(delivery).toMatchObject({ status: expect.stringMatching(/sent|delivered/), says: expect.stringMatching(/\.$/) });
      const [first, ...more] = await subject.arrived();
      expect(first).toContain('Restore needed');
      expect(more).toEqual([]);
    });

    test('a contact who has no such address is told of in a sentence, and nothing is sent', async () => {
      const delivery = await subject.port.send(STRANGER, message({ person: null }));
      expect(delivery).toMatchObject({ status: 'failed', final: true, says: expect.stringMatching(/^.{10,}\.$/) });
      expect(subject.asked()).toBe(0);
    });

    test('what is refused for good is not worth another try', async () => {
      subject.next('refused');
      expect(await subject.port.send(KNOWN, message())).toMatchObject({
        status: 'failed',
        final: true,
        says: expect.stringMatching(/\.$/),
      });
      expect(subject.asked()).toBe(1);
    });

    test('what is refused for now is worth one, and it is not made here', async () => {
      subject.next('busy');
      expect(await subject.port.send(KNOWN, message())).toMatchObject({ status: 'failed', final: false });
      expect(subject.asked()).toBe(1);
      expect(await subject.port.send(KNOWN, message())).toMatchObject({ status: expect.stringMatching(/sent|delivered/) });
    });

    test('where the answer is lost nobody knows', async () => {
      subject.next('lost');
      expect(await subject.port.send(KNOWN, message())).toMatchObject({ status: 'unknown' });
    });

    test('where nobody listens it certainly did not arrive', async () => {
      await subject.disappears();
      expect(await subject.port.send(KNOWN, message())).toMatchObject({ status: 'failed', final: false });
    });

    test('the same key twice is one message where the medium knows doubles, and carries the same name where it does not', async () => {
      await subject.port.send(KNOWN, message());
      await subject.port.send(KNOWN, message());
      const arrived = await subject.arrived();
      expect(arrived).toHaveLength(subject.knowsDoubles ? 1 : 2);
      expect(new Set(arrived.map(nameIn)).size).toBe(1);
    });

    test('no secret stands in what it says', async () => {
      const said: string[] = [];
      for (const what of ['refused', 'busy', 'lost'] as const) {
        subject.next(what);
        said.push(JSON.stringify(await subject.port.send(KNOWN, message({ key: what }))));
      }
      await subject.disappears();
      said.push(JSON.stringify(await subject.port.send(KNOWN, message())));
      for (const secret of subject.secrets) expect(said.join('\n')).not.toContain(secret);
    });
  });
}

/** By what a mailbox or a gateway tells doubles. */
function nameIn(arrived: string): string {
  return /(?:message-id|idempotency-key): *(\S+)/i.exec(arrived)?.[1] ?? '';
}
