import type { SettingsText } from '../../core/settings.ts';
import { whoIsReached } from '../who-is-reached.ts';

/** The variable of the bot's environment that holds the routing key of the service that pages mina. */
export const ROUTING_KEY_VARIABLE = 'SANDBOX_PAGERDUTY_KEY';
/** As long as PagerDuty's own, and of no use to anybody. */
export const ROUTING_KEY = '5ANDB0X00000000000000000PAGERDTY';

/** What a `rollbot.yml` says so that people are paged, with waits that are a fraction of what they are in the world. */
export function pagingSettings(url: string, people: Readonly<Record<string, string>>): Partial<SettingsText> {
  const { contacts = {} } = whoIsReached(people, {});
  const { mina } = contacts;
  return {
    contacts: { ...contacts, ...(mina && { mina: { ...mina, pagerduty: { env: ROUTING_KEY_VARIABLE } } }) },
    paging: {
      pagerduty: { url },
      'approval-after': '5m',
      chains: {
        default: {
          stages: [
            { by: ['slack', 'pagerduty'], wait: '3s' },
            { to: ['omar'], by: ['slack'], wait: '2m' },
          ],
          rounds: 1,
          everybody: ['lead-developer'],
        },
      },
    },
  };
}
