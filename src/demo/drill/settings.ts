import type { SettingsText } from '../../core/settings.ts';
import { whoIsReached } from '../who-is-reached.ts';

type Ids = Readonly<Record<string, string>>;
type Place = { readonly people: Ids; readonly groups: Ids; readonly channel: string; readonly now: number };

/** So long before its time the demo begins, so that the drill is announced at once. */
const BEFORE_MS = 50 * 60_000;
const LAST_DAY_OF_ALL_MONTHS = 28;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** What a `rollbot.yml` says so that the sandbox is where a drill is to begin within the hour, with everything that can go wrong on purpose. */
export function drillSettings({ people, groups, channel, now }: Place): Partial<SettingsText> {
  const at = new Date(now + BEFORE_MS);
  const { roles } = whoIsReached(people, groups);
  const mina = people['mina'];
  return {
    // Two can approve, besides dana: one of them is going to be silent.
    roles: { ...roles, 'devops-engineer': { ...roles['devops-engineer'], ...(mina !== undefined && { people: [mina] }) } },
    drills: {
      monthly: {
        title: 'Monthly rollback drill',
        procedure: 'cache',
        target: 'staging',
        schedule: { every: 'month', day: dayOf(at), at: at.toISOString().slice(11, 16), zone: 'UTC' },
        channel,
        roles: ['devops-engineer', 'lead-developer'],
        trouble: { 'silent-approver': '20s', 'failing-step': 'deploy' },
      },
    },
  };
}

/** Days that not every month has are in the last week of this one. */
function dayOf(at: Date): number | `last ${(typeof WEEKDAYS)[number]}` {
  const day = at.getUTCDate();
  return day <= LAST_DAY_OF_ALL_MONTHS ? day : `last ${WEEKDAYS[at.getUTCDay()] ?? 'monday'}`;
}
