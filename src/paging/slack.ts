import type { Delivery, MediumPort, PageMessage } from '../core/page/port.ts';

/** By direct message. The card of the page, with its mentions, follows the state and is no delivery of its own. */
export function createSlackMedium(send: (message: PageMessage) => Promise<Delivery>): MediumPort {
  return { medium: 'slack', send: async (_contact, message) => await send(message) };
}
