import { z } from 'zod';
import { sharedRoles } from '../../core/incident/find.ts';
import { commandersOf } from '../../core/settings.ts';
import { done, refused } from '../reply.ts';
import { verb } from '../verb.ts';

/** Takes a saved delivery of a monitoring system as if it had come now. It can start what alerts can, so it is for commanders. */
export const RECEIVE = verb(
  z.object({ source: z.string(), body: z.string().max(1024 * 1024) }),
  async ({ roles }, { source, body }, desk) => {
    const commanders = commandersOf(desk.catalog.settings());
    if (sharedRoles(roles, commanders).length === 0)
      return refused('rules', [`You are not in a role that may feed in alerts. It needs ${commanders.join(' or ')}.`]);
    const { taken, says } = await desk.receive(source, body);
    return taken ? done([says], { source }) : refused('words', [says]);
  },
);
