import { join } from 'node:path';
import { execa } from 'execa';
import { crontabOf, seedRedis, warmingCommand } from './contents.ts';
import { SABOTAGES } from './sabotage.ts';
import type { World } from './world.ts';

const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 50;
/** Above this share of failing requests the trouble is in full swing. */
const SURE_ERROR_RATE = 0.15;

/** Brings the trouble back, whatever state the sandbox is in, and resolves when the figures of the service show it. */
export async function breakWorld(world: World): Promise<void> {
  const { checkout, cloudflare, folders, redis, env, saboteur } = world;
  for (const name of SABOTAGES) await saboteur.end(name);
  await checkout.rewind();
  cloudflare.rewind(checkout.commits);
  await seedRedis(redis);
  const run = { cwd: checkout.repo, env, extendEnv: false };
  await execa(join(folders.path, 'crontab'), ['-'], { ...run, input: crontabOf(checkout.jobs) });
  await execa('/bin/sh', ['-c', warmingCommand(checkout.jobs, 'best-sellers')], run);
  await execa('/bin/sh', ['-c', warmingCommand(checkout.jobs, 'catalogue')], run);
  await execa(join(folders.path, 'wrangler'), ['deploy', '--env', 'production', '--message', 'Warm the whole catalogue'], run);
  await untilBroken(world);
}

async function untilBroken({ clock, service }: World): Promise<void> {
  const deadlineMs = clock.monotonicMs() + PATIENCE_MS;
  for (;;) {
    const { reasons } = await service.health();
    const { errorRate } = service.figures();
    // Errors, hit rate, response time and memory: each has to have its reason.
    if (reasons.length >= 4 && (errorRate ?? 0) > SURE_ERROR_RATE) return;
    if (clock.monotonicMs() > deadlineMs)
      throw new Error(`The sandbox does not break: ${reasons.join(' ') || 'it says that it is healthy.'}`);
    await new Promise<void>((resolve) => clock.after(LOOK_EVERY_MS, resolve));
  }
}
