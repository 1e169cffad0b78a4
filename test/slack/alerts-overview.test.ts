import { expect, test } from 'vitest';
import type { Instant } from '../../src/core/brand.ts';
import { alertsOverviewCard } from '../../src/slack/cards/alerts-overview-card.ts';

test('what nobody could read calls nobody and leads nowhere', () => {
  const begins = '{"title": "<!channel> <https://shop.example|All is well> `x` & more"';
  const shut = [{ source: 'grafana', at: 0 as Instant, says: 'It is no JSON.', begins, characters: 70 }];
  const shown = JSON.stringify(alertsOverviewCard({ groups: [], shut }));
  expect(shown).not.toMatch(/<(?:!channel|https)/);
  expect(shown).toContain('&amp; more');
});
