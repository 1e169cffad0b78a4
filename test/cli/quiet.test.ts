import { expect, test } from 'vitest';
import { untilQuiet } from '../../src/cli/quiet.ts';
import { tells } from '../core/incident/record-scenes.ts';
import { createStage } from '../core/incident/stage.ts';

const MAIL = { number: 1, audience: 'business' } as const;

test('a command that is the bot waits for what comes of a mail that is on its way', async () => {
  const stage = createStage();
  stage.open();
  stage.accept(tells('dana'));
  stage.accept({ kind: 'intend-mail', ...MAIL });
  let waits = 0;
  const clock = {
    now: () => stage.now(),
    after(_ms: number, then: () => void) {
      waits += 1;
      if (waits === 2) stage.accept({ kind: 'note-mail', ...MAIL, status: 'sent', says: 'taken' });
      then();
      return () => {};
    },
  };
  const store = {
    streams: async ({ kind }: { readonly kind: string }) => await Promise.resolve(kind === 'incident' ? ['incident/e1'] : []),
    load: async () => await Promise.resolve({ state: stage.state(), seq: 1, readOnly: null }),
  };
  await untilQuiet({ store } as never, clock as never);
  expect(waits).toBe(2);
});
