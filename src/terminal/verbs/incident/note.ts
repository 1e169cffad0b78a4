import { z } from 'zod';
import { verb } from '../../verb.ts';
import { actInNamed } from './act.ts';

/** Puts a line of one's own into the timeline. */
export const NOTE = verb(z.object({ of: z.string().nullable(), text: z.string() }), async (acting, { of, text }, desk) => {
  const act = { kind: 'add-note', text, saidAt: desk.clock.now(), message: null, ...acting } as const;
  return await actInNamed(desk, of, act, 'It stands in the timeline now.');
});
