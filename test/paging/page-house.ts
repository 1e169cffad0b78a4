import type { Delivery, PageMessage } from '../../src/core/page/port.ts';
import { decide } from '../../src/core/page/decide.ts';
import { streamOf } from '../../src/core/page/state.ts';
import type { PersonId } from '../../src/core/brand.ts';
import type { Faults } from '../../src/demo/slack/backstage.ts';
import { order } from '../core/page/walk.ts';
import { openHouse } from '../slack/house.ts';

/** The Slack room with one page in its journal, which mina can be sent. */
export type PageHouse = {
  send(message: PageMessage): Promise<Delivery>;
  /** What stands in mina's direct messages. */
  arrived(): readonly string[];
  asked(): number;
  readonly faults: Faults;
  readonly token: string;
  close(): Promise<void>;
};

export async function openPageHouse(): Promise<PageHouse> {
  const house = await openHouse();
  const { emulator, store, clock, room } = house;
  const stream = streamOf(order.page);
  const facts = decide({ status: 'none' }, { kind: 'open-page', ...order }, clock.now());
  if ('refusal' in facts) throw new Error(facts.says);
  await store.append([{ stream, expectedSeq: 0, facts }], {}, clock.now());
  const mina = emulator.person('mina');
  return {
    send: async (message) => await room.page({ ...message, person: message.person && (mina.id as PersonId) }),
    arrived: () => mina.messages('@rollbot').map(({ text }) => text),
    asked: () => emulator.calls.filter(({ method }) => method === 'chat.postMessage').length,
    faults: emulator.faults,
    token: house.installation.botToken,
    close: async () => await house.close(),
  };
}
