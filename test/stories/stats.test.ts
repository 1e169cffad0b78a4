import { expect } from 'vitest';
import { furniture, isAsked, nothingIsOwed } from './conversation.ts';
import { story } from './light-world.ts';
import type { LightWorld } from './light-world.ts';

const MONTH = 31 * 24 * 60 * 60_000;

story(
  'dana reads how rollbacks are doing, with a chart of two months as a direct message; omar sees what waits for him',
  async ({ world }) => {
    const { dana, omar, clock } = world;
    furniture(world);
    world.slack.expects(/^Started banner/);
    await dana.types('/rollback stats', { in: '#ops' });
    await dana.sees(/banner never run in earnest[^]*No run in earnest was verified yet/);

    await dana.types('/rollback banner', { in: '#ops' });
    await isAsked(omar, "Clear the banner's cache");
    await omar.clicks('Approve');
    await areVerified(world, 1);
    clock.advance(MONTH);
    await world.shop.write('banner-cache', 'festive again');
    await dana.types('/rollback banner', { in: '#ops' });
    await isAsked(omar, "Clear the banner's cache");
    await omar.opensHome();
    await omar.sees(/Waits for you[^]*Approval of “Clear the banner's cache”[^]*Procedures[^]*banner 2 runs \(1 verified\)/, {
      in: 'home',
    });
    await omar.clicks('Approve', { message: /Approval needed/ });
    await areVerified(world, 2);

    await dana.types('/rollback stats', { in: '#ops' });
    await dana.sees(/banner 2 runs \(2 verified\)[^]*2026-12[^]*1 recovery[^]*waited for people[^]*2026-11/);
    await dana.sees(/the chart is below/, { in: '@rollbot' });
    await dana.sees(/\[file: Time to recover by month/, { in: '@rollbot' });
    await nothingIsOwed(world);
  },
);

async function areVerified({ app }: LightWorld, runs: number): Promise<void> {
  const verified = async (): Promise<number> => {
    const streams = await app.store.streams({ includeClosed: true });
    const states = await Promise.all(streams.map(async (stream) => (await app.store.load(stream)).state));
    return states.flatMap((state) =>
      state.status === 'none' ? [] : state.runs.filter(({ progress }) => progress.status === 'finished' && progress.outcome === 'verified'),
    ).length;
  };
  await expect.poll(verified, { timeout: 60_000 }).toBe(runs);
}
