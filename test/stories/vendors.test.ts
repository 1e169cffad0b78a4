import { expect } from 'vitest';
import { furniture } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const MINUTE = 60_000;

async function withVendor(world: LightWorld): Promise<void> {
  await world.edit(
    'rollbot.yml',
    (text) => `${text}contacts:
  omar: { name: Omar Haddad, slack: ${world.omar.id} }
vendors:
  cloudflare-support:
    title: Cloudflare Support
    support: { email: cloudflare-support@pitchey.example, phone: '+1 555 0100' }
    account: { env: CLOUDFLARE_ACCOUNT_NUMBER }
    owner: devops-engineer
    say: "\${incident} on \${target}. \${impact}"
`,
  );
}

story(
  'dana has the vendor asked: it is omar’s task until he says that it was done, he is reminded, and the timeline knows',
  async ({ world }) => {
    const { dana, omar, clock } = world;
    furniture(world);
    world.slack.expects(/Page for devops-engineer/);
    world.slack.expects(/You are called|You were called/);
    world.slack.expects(/omar: Ask Cloudflare Support: the edge is silent/);
    await withVendor(world);
    await dana.types('/page cloudflare-support the edge is silent', { in: '#ops' });
    await dana.sees(/Type this in the channel of the incident/);

    await dana.types('/incident open The site is slow', { in: '#ops' });
    await dana.sees(/The incident is open/);
    await dana.sees(/Opened by /);
    const channel =
      dana
        .screen()
        .channels.map(({ name }) => name)
        .find((name) => name.startsWith('#inc-')) ?? '';
    await dana.types('/page cloudflare-support the edge is silent', { in: channel });
    await dana.sees('It is the task of Omar Haddad (devops-engineer), with what to say and a button to mail it.', { in: channel });
    const card = await omar.sees(/Ask Cloudflare Support/, { in: channel });
    expect(card.text).toContain('the edge is silent');
    expect(card.text).toContain('The task of Omar Haddad');
    expect(card.text).toContain('The site is slow on our platform. the edge is silent');
    expect(card.text).toContain('phone +1 555 0100');
    expect(card.buttons).toEqual(['Send the mail', 'I do it', 'They were asked']);

    await dana.types('/page cloudflare-support once more', { in: channel });
    await dana.sees('They are being asked already in this incident. It is the task of Omar Haddad.', { in: channel });
    await world.restarts();
    clock.advance(16 * MINUTE);
    await omar.sees(/has Cloudflare Support been asked\? Say so on the card above \(reminder 1\)/, { in: channel });
    await omar.clicks('They were asked');
    await omar.sees('It is noted that they were asked.', { in: channel });
    await omar.sees(/omar says: They were asked/, { in: channel });
  },
);
