import { expect } from 'vitest';
import { asks, denies, furniture, isAsked } from '../conversation.ts';
import type { Asked } from '../conversation.ts';
import { storyOf } from '../world.ts';
import type { World } from '../world.ts';
import { answers } from './answers.ts';

type WorkerStory = {
  readonly procedure: 'performance-middleware' | 'connection-pooling' | 'hyperdrive' | 'websocket';
  /** What is approved, as it is called. */
  readonly deploys: string;
  /** What only a person can say. */
  readonly question?: RegExp;
  /** With which status `/api/<path>` answers when all is done. */
  readonly repaired: { readonly path: string; readonly status: number };
};

const MINUTE = 60_000;
const LONG = { timeout: 300_000 };
const PATIENCE = { within: 90_000 };

/** The stories of every procedure that deploys the Worker: of a good day, of a bad one, and of a lost answer. */
export function tellWorkerStories({ procedure, deploys, question, repaired }: WorkerStory): void {
  const story = storyOf(procedure);

  async function begins(world: World): Promise<Asked> {
    world.dana.reloads();
    const asked = await asks(world.dana, `/rollback ${procedure}`);
    await world.omar.sees(new RegExp(`Approval needed: ${deploys}`), { in: asked.channel, ...PATIENCE });
    return asked;
  }

  async function goesOn({ dana }: World, channel: string): Promise<void> {
    if (question) await answers(dana, question, { channel });
  }

  story(
    'omar approves what is deployed by its id, the service recovers, and a second time there is nothing to do',
    LONG,
    async ({ world }) => {
      const { dana, omar, sandbox, slack } = world;
      furniture(world);
      slack.expects(/Please answer above/);
      const before = await served(world);
      const { channel } = await begins(world);
      const asked = await isAsked(omar, deploys);
      expect(asked.text).toContain(`/workers/scripts/${sandbox.cloudflare.worker}/deployments`);
      expect(asked.text).not.toContain('force');
      expect(await served(world)).toBe(before);
      await omar.clicks('Approve');
      await goesOn(world, channel);
      await dana.sees(/done and verified/i, { in: channel, ...PATIENCE });
      expect((await sandbox.health()).status).toBe('healthy');
      expect(await statusOf(world, repaired.path)).toBe(repaired.status);

      dana.reloads();
      const again = await asks(dana, `/rollback ${procedure}`);
      await dana.sees(/Done: there was nothing to do/, { in: again.channel, ...PATIENCE });
    },
  );

  story(
    'omar denies it and nothing was touched; then the token is gone; then it does not help and is taken back',
    LONG,
    async ({ world }) => {
      const { dana, omar, sandbox, slack } = world;
      furniture(world);
      slack.expects(/Please answer above/);
      const before = await served(world);
      const first = await begins(world);
      await denies(omar, 'it is only the cache');
      await dana.sees(/What now\?/, { in: first.channel, ...PATIENCE });
      await dana.clicks('Stop');
      await dana.sees(/Ended: it was denied/, { in: first.channel, ...PATIENCE });
      expect([await served(world), await world.app.store.claims()]).toEqual([before, []]);

      const second = await begins(world);
      await sandbox.sabotage('cloudflare-token-revoked');
      await omar.clicks('Approve');
      await dana.sees(new RegExp(`A step failed: “${deploys}”`), { in: second.channel, ...PATIENCE });
      await sandbox.relent('cloudflare-token-revoked');
      await sandbox.sabotage('service-stays-sick');
      await dana.clicks('Retry');
      await omar.sees(/Approval needed[^]*attempt 2/, { in: second.channel, ...PATIENCE });
      await omar.clicks('Approve');
      await goesOn(world, second.channel);
      await untilGivenUp(world, second.channel);
      await dana.clicks('Undo');
      await dana.sees(/leftwards_arrow_with_hook: Undone/, { in: second.channel, ...PATIENCE });
      expect(await served(world)).toBe(before);
    },
  );

  story('the answer of the deployment is lost: its check knows that it happened, and the run goes on', LONG, async ({ world }) => {
    const { dana, omar, sandbox, slack } = world;
    furniture(world);
    slack.expects(/Please answer above/);
    const { channel } = await begins(world);
    await sandbox.sabotage('cloudflare-answer-lost');
    await omar.clicks('Approve');
    await dana.sees(new RegExp(`${deploys} · [^\\n]*happened`), { in: channel, ...PATIENCE });
    await sandbox.relent('cloudflare-answer-lost');
    await goesOn(world, channel);
    await dana.sees(/done and verified/i, { in: channel, ...PATIENCE });
    expect(await statusOf(world, repaired.path)).toBe(repaired.status);
  });
}

/** Lets the time of the verification pass, however long its readings take to begin. */
async function untilGivenUp({ dana, clock }: World, channel: string): Promise<void> {
  for (let minute = 1; minute <= 10; minute += 1) {
    clock.advance(MINUTE);
    const given = dana.sees(/The result could not be verified/, { in: channel, within: 4000 });
    if (await given.then(Boolean, () => false)) return;
  }
  await dana.sees(/The result could not be verified/, { in: channel, ...PATIENCE });
}

/** The version that customers are served. */
async function served({ sandbox }: World): Promise<unknown> {
  const answer = await fetch(`${sandbox.serviceUrl}/api/version`);
  return ((await answer.json()) as { version_id: unknown }).version_id;
}

async function statusOf({ sandbox }: World, path: string): Promise<number> {
  return (await fetch(`${sandbox.serviceUrl}/api/${path}`)).status;
}
