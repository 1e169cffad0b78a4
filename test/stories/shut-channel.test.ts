import { expect } from 'vitest';
import { danaAsks, denies, furniture, isAsked } from './conversation.ts';
import { storyWith } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const SHUT: Readonly<Record<string, { readonly isPrivate: boolean; readonly happens: (world: LightWorld, channel: string) => void }>> = {
  'somebody archives the channel': { isPrivate: false, happens: ({ slack }, channel) => slack.admin.archive(channel) },
  'somebody removes the bot from the private channel': {
    isPrivate: true,
    happens: ({ slack }, channel) => slack.admin.removeMember(channel, 'rollbot'),
  },
};

for (const [what, { isPrivate, happens }] of Object.entries(SHUT)) {
  const story = storyWith(() => ({ channels: { prefix: 'inc', private: isPrivate, invite: ['lead-developer', 'devops-engineer'] } }));
  story(`${what} while omar thinks: what comes next to decide is asked where the run was asked for`, async ({ world }) => {
    const { dana, omar, shop } = world;
    furniture(world);
    const { channel } = await danaAsks(world, '/rollback prices');
    await isAsked(omar, 'Clear the cached prices');
    happens(world, channel);
    await denies(omar, 'too many people are buying');

    const held = await dana.sees(/What now\?/, { in: '#ops' });
    expect(held.text).toContain('Undo takes back “Put the old prices back”');
    await dana.clicks('Undo', { in: '#ops' });
    await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: '#ops' });
    expect(await shop.diary()).toEqual(['prices right', 'prices as before']);
  });
}
