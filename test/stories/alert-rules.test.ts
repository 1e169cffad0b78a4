import { expect } from 'vitest';
import { CHANNEL, group, openAlerts, send } from './alert-scene.ts';
import { story } from './light-world.ts';

story('dana has the rule of an alert watched, reports what no reading shows, and looks at what fires', async ({ world }) => {
  const { dana, lee, slack } = world;
  await openAlerts(
    world,
    `    - { match: { alertname: TillSlow }, target: production, procedures: [stock], triggers: [till] }
metrics:
  till_answers: { title: Tills answer, unit: bool, http: { url: 'http://127.0.0.1:9/till', pointer: /answers } }
triggers:
  till:
    title: The tills are away
    targets: [production]
    when: { kind: unavailable, metric: till_answers }
    procedure: stock
    mode: propose
  lost:
    title: Orders are lost
    targets: [production]
    when: { kind: event, event: data-corruption }
    procedure: stock
    mode: propose
`,
  );
  await send(world, group('TillSlow', { till: 'firing' }));
  const alert = await dana.sees(/TillSlow[^]*1 firing/, { in: CHANNEL });
  expect(alert.buttons).toEqual(['Roll back…', 'Watch', 'Open incident', 'Silence 1 h']);
  await lee.clicks('Watch', { in: CHANNEL });
  await lee.sees(/You are not in a role that may do this/, { in: CHANNEL });
  await dana.clicks('Watch', { in: CHANNEL });
  await dana.sees(/"The tills are away" on production is watched now/, { in: CHANNEL });
  await dana.sees(/The tills are away on production[^]*because dana wants to see it/, { in: CHANNEL });

  slack.expects(/Orders are lost on production/);
  await dana.types('/rollback report data-corruption', { in: CHANNEL });
  await dana.sees(/Say what has happened/, { in: CHANNEL });
  await dana.types('/rollback report data-corruption Orders of last night & more are missing', { in: CHANNEL });
  await dana.sees(/It is reported on production/, { in: CHANNEL });
  await dana.sees(/dana says: Orders of last night & more are missing[^]*Nothing restores anything by itself/, { in: CHANNEL });

  await send(world, { hello: 'world' });
  await dana.sees(/could not be read/, { in: CHANNEL });
  await dana.types('/rollback alerts', { in: CHANNEL });
  await dana.sees(/1 group of alerts firing[^]*TillSlow[^]*In quarantine[^]*"hello":"world"/, { in: CHANNEL });
});
