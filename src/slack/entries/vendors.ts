import { ACTIONS } from '../actions.ts';
import type { Entry } from './entry.ts';
import { tokenButton } from './token-button.ts';

/** The buttons of a vendor's card. A mail whose answer was lost is not sent again by itself. */
export const VENDOR_BUTTONS: readonly Entry[] = [
  tokenButton(ACTIONS.vendorMail, async ({ vendors }, token, acting) => await vendors.sendMail(token, acting)),
  tokenButton(ACTIONS.vendorTake, async ({ vendors }, token, acting) => await vendors.take(token, acting)),
  tokenButton(ACTIONS.vendorDone, async ({ vendors }, token, acting) => await vendors.finish(token, acting)),
];
