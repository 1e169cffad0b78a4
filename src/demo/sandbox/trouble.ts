import { seedRedis } from './contents.ts';
import { SABOTAGES } from './sabotage.ts';
import type { World } from './world.ts';

const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** Brings the trouble back, whatever state the sandbox is in, and resolves when the figures of the service show it. */
export async function breakWorld(world: World): Promise<void> {
  const { checkout, cloudflare, redis, saboteur, scenario, extras, service } = world;
  for (const name of SABOTAGES) await saboteur.end(name);
  await checkout.rewind();
  cloudflare.rewind(checkout.commits);
  await seedRedis(redis);
  await extras.rewind?.();
  await scenario.trouble(world);
  service.forget();
  await untilBroken(world);
}

async function untilBroken({ clock, service, scenario }: World): Promise<void> {
  const deadlineMs = clock.monotonicMs() + PATIENCE_MS;
  for (;;) {
    const { reasons } = await service.health();
    const { errorRate } = service.figures();
    if (reasons.length >= scenario.inFullSwing.reasons && (errorRate ?? 0) >= scenario.inFullSwing.errorRate) return;
    if (clock.monotonicMs() > deadlineMs)
      throw new Error(`The sandbox does not break: ${reasons.join(' ') || 'it says that it is healthy.'}`);
    await new Promise<void>((resolve) => clock.after(LOOK_EVERY_MS, resolve));
  }
}
