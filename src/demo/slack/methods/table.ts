import type { MethodTable } from '../api/method.ts';
import { bookmarkMethods } from './bookmarks.ts';
import { channelMethods } from './channels.ts';
import { chatChangingMethods } from './chat-changing.ts';
import { chatPostingMethods } from './chat-posting.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { historyMethods } from './history.ts';
import { identityMethods } from './identity.ts';
import { membershipMethods } from './membership.ts';
import { pinMethods } from './pins.ts';
import { reactionMethods } from './reactions.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

/** Every Web API method that this workspace knows. */
export const methods: MethodTable = {
  ...identityMethods,
  ...chatPostingMethods,
  ...chatChangingMethods,
  ...viewMethods,
  ...channelMethods,
  ...membershipMethods,
  ...conversationMethods,
  ...historyMethods,
  ...pinMethods,
  ...bookmarkMethods,
  ...reactionMethods,
  ...userMethods,
  ...fileMethods,
};
