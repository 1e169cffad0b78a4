import { expect } from 'vitest';
import { botSaid, danaAsks, denies, furniture, hasDone, isAsked, nothingIsOwed, STOCK } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const MINUTE = 60_000;

/** Calls that were carried out, and whose answer was lost on its way. */
const LOST: Readonly<Record<string, (world: LightWorld) => void>> = {
  'every first answer about a message': ({ slack }) => slack.faults.executedButLost('chat.postMessage', { times: 3 }),
  'an answer about a file': ({ slack }) => slack.faults.executedButLost('files.completeUploadExternal'),
  'an error about a file that is there all the same': ({ slack }) =>
    slack.faults.executedButRefused('files.completeUploadExternal', 'fatal_error'),
  'an error about a message that is there all the same': ({ slack }) =>
    slack.faults.executedButRefused('chat.postMessage', 'internal_error', { times: 2 }),
  'an answer about the channel': ({ slack }) => slack.faults.executedButLost('conversations.create'),
  'an answer about an edit': ({ slack }) => slack.faults.executedButLost('chat.update', { times: 3 }),
  'an answer about the pin': ({ slack }) => slack.faults.executedButLost('pins.add'),
};

for (const [what, begin] of Object.entries(LOST)) {
  story(`${what} is lost: nothing is said twice`, async ({ world }) => {
    const { dana, slack, clock, shop } = world;
    furniture(world);
    begin(world);
    await shop.write('delivery', 'here');
    await dana.types('/rollback stock', { in: '#ops' });
    await dana.sees(/Started stock/);
    await hasDone(world, STOCK.done);
    clock.advance(MINUTE);
    await dana.sees(/Output of Count the stock/);
    await dana.sees(/white_check_mark: Done and verified/);
    await nothingIsOwed(world);
    expect(slack.calls.filter(({ executed, lost, answer }) => executed && (lost || answer['ok'] === false))).not.toEqual([]);
    const [channel = 'none'] = dana
      .screen()
      .channels.map(({ name }) => name)
      .filter((name) => name.includes('inc-'));
    expect(dana.screen().channels.filter(({ name }) => name.includes('inc-'))).toHaveLength(1);
    expect(botSaid(world, channel)).toEqual(STOCK.says);
  });
}

story('the answer about the form behind Deny is lost: omar reads so, presses again, and the form is there', async ({ world }) => {
  const { dana, omar, slack, shop } = world;
  furniture(world);
  await danaAsks(world, '/rollback banner');
  await isAsked(omar, 'Clear the banner');
  slack.faults.executedButLost('views.open');
  await omar.clicks('Deny');
  await omar.sees(/Slack did not open the form. Close it if you see it, and press Deny again/);
  await omar.closesView({ all: true });
  await denies(omar, 'the sale is still on');
  await dana.sees(/Ended: it was denied/);
  expect(await shop.diary()).toEqual([]);
});
