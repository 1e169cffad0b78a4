import { danaAsks, furniture, isAsked } from './conversation.ts';
import { story } from './light-world.ts';

const MONTH = 31 * 24 * 60 * 60_000;

story(
  'dana reads how rollbacks are doing, and gets the chart of two months as a direct message; omar sees what waits for him',
  async ({ world }) => {
    const { dana, omar, clock } = world;
    furniture(world);
    await dana.types('/rollback stats', { in: '#ops' });
    await dana.sees(/banner never run in earnest[^]*No run in earnest was verified yet/);
    for (const each of [1, 2]) {
      const { run } = await danaAsks(world, '/rollback banner');
      await isAsked(omar, "Clear the banner's cache");
      if (each === 2) {
        await omar.opensHome();
        await omar.sees(/Waits for you[^]*Approval of “Clear the banner's cache”[^]*Procedures[^]*banner 2 runs \(1 verified\)/, {
          in: 'home',
        });
      }
      await omar.clicks('Approve');
      await dana.sees(new RegExp(`Done and verified[^]*Run ${run}`));
      await world.shop.write('banner-cache', 'festive again');
      if (each === 1) clock.advance(MONTH);
    }
    await dana.types('/rollback stats', { in: '#ops' });
    await dana.sees(/banner 2 runs \(2 verified\)[^]*2026-12[^]*1 recovery[^]*waited for people[^]*2026-11/);
    await dana.sees(/the chart is below/, { in: '@rollbot' });
    await dana.sees(/Time to recover by month|time-to-recover/, { in: '@rollbot' });
  },
);
