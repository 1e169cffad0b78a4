import type { SettingsText } from '../core/settings.ts';
import { sandboxSeed } from './slack/index.ts';

type Ids = Readonly<Record<string, string>>;

/** The roles of the sandbox, its people and how they are reached: those of the workspace, by Slack and by mail. */
export function whoIsReached(people: Ids, groups: Ids): Pick<SettingsText, 'roles' | 'contacts' | 'rotations' | 'vendors'> {
  const person = (name: string): string[] => (people[name] === undefined ? [] : [people[name]]);
  const group = (handle: string): string[] => (groups[handle] === undefined ? [] : [groups[handle]]);
  return {
    roles: {
      'lead-developer': { about: 'Is told at once, and decides', team: 'technical', groups: group('lead-developer'), 'on-call': 'leads' },
      'devops-engineer': {
        about: 'Infrastructure, and the authority to roll it back',
        team: 'technical',
        groups: group('devops-engineer'),
        'on-call': 'operations',
      },
      'database-admin': { about: 'Data recovery', team: 'technical', groups: group('database-admin'), 'on-call': 'databases' },
      'product-owner': { about: 'What it means for users', team: 'business', groups: group('product-owner') },
      'customer-success': { about: 'What users are told', team: 'business', people: person('priya') },
      'executive-team': { about: 'Major incidents', team: 'business', people: person('priya') },
    },
    contacts: contactsOf(people),
    rotations: {
      leads: { ...WEEKLY, people: ['dana'] },
      operations: { ...WEEKLY, people: ['omar'] },
      databases: { ...WEEKLY, people: ['mina'] },
    },
    vendors: {
      'cloudflare-support': {
        title: 'Cloudflare Support',
        about: 'Infrastructure issues',
        support: { email: 'cloudflare-support@pitchey.example' },
        hours: 'around the clock',
        owner: 'devops-engineer',
        say: '${incident} on ${target}, since ${since}. ${impact} Is anything known on your side?',
      },
    },
  };
}

const WEEKLY = { every: 'week', zone: 'Europe/Berlin', at: '09:00', on: 'monday', from: '2026-01-05' } as const;

/** Everybody of the company; who only visits is not called. */
function contactsOf(people: Ids): NonNullable<SettingsText['contacts']> {
  const own = sandboxSeed.people.filter(({ kind = 'member' }) => kind === 'member' || kind === 'admin');
  return Object.fromEntries(
    own.flatMap(({ name, realName = name }) => {
      const slack = people[name];
      return slack === undefined ? [] : [[name, { name: realName, slack, email: `${name}@pitchey.example`, drills: true }]];
    }),
  );
}
