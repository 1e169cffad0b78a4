import { expect } from 'vitest';
import { story } from './light-world.ts';

story('nobody but mina could approve what mina asks for, so it does not begin', async ({ world }) => {
  const { mina, shop, slack } = world;
  slack.admin.setGroup({ handle: 'devops-engineer', members: ['mina'] });
  slack.admin.setGroup({ handle: 'database-admin', members: ['mina'] });
  await mina.types('/rollback banner', { in: '#ops' });
  const refused = await mina.sees(/Nobody could approve/);
  expect(refused.text).toContain('it needs one person of devops-engineer or database-admin besides you, and there are 0');
  expect(refused.text).toContain('Let somebody else start it, or put more people into these roles.');
  expect(await shop.diary()).toEqual([]);
});
