import { stringify } from 'yaml';
import type { Settings } from '../core/settings.ts';

/** What the settings have to know of the sandbox and of the workspace beside it. */
export type SandboxPlace = {
  readonly sandbox: {
    readonly serviceUrl: string;
    readonly repo: string;
    readonly marker: string;
    readonly env: Readonly<Record<string, string>>;
    readonly commits: { readonly good: string };
  };
  /** A folder of the target's own, for what its steps keep. */
  readonly stateDir: string;
  /** Ids by name: `dana` … */
  readonly people: Readonly<Record<string, string>>;
  /** Ids by handle: `devops-engineer` … */
  readonly groups: Readonly<Record<string, string>>;
};

/** The variable of the bot's environment in which the address of the sandbox's Redis stands. */
export const REDIS_VARIABLE = 'SANDBOX_REDIS_URL';

/** The text of a `rollbot.yml` whose only target is the sandbox, with the same names as the one in the repository. */
export function sandboxSettings(place: SandboxPlace): string {
  return `# Written by the demo: the sandbox is the only target.\n${stringify(settingsOf(place), { lineWidth: 0 })}`;
}

function settingsOf({ sandbox, stateDir, people, groups }: SandboxPlace): Settings {
  const person = (name: string): string[] => (people[name] === undefined ? [] : [people[name]]);
  const group = (handle: string): string[] => (groups[handle] === undefined ? [] : [groups[handle]]);
  // The address of Redis is a secret of the target and no part of what its programs see.
  const { [REDIS_VARIABLE]: _, ...env } = sandbox.env;
  return {
    platform: 'The shop (sandbox)',
    targets: {
      production: {
        about: 'The production of the sandbox',
        protected: true,
        default: true,
        vars: {
          api_url: sandbox.serviceUrl,
          repo: sandbox.repo,
          state_dir: stateDir,
          wrangler_env: 'production',
          cache_marker: sandbox.marker,
        },
        secrets: { redis_url: { env: REDIS_VARIABLE } },
        env,
        'last-good': { 'worker:api': sandbox.commits.good },
        procedures: ['cache'],
      },
    },
    roles: {
      'lead-developer': { about: 'Is told at once, and decides', groups: group('lead-developer') },
      'devops-engineer': { about: 'Infrastructure, and the authority to roll it back', groups: group('devops-engineer') },
      'database-admin': { about: 'Data recovery', groups: group('database-admin') },
      'product-owner': { about: 'What it means for users', groups: group('product-owner') },
      'customer-success': { about: 'What users are told', people: person('priya') },
      'executive-team': { about: 'Major incidents', people: person('priya') },
    },
    start: { '*': ['lead-developer', 'devops-engineer'] },
    commanders: ['lead-developer', 'devops-engineer'],
    channels: { prefix: 'inc', invite: ['lead-developer', 'devops-engineer', 'database-admin', 'product-owner'] },
    approvals: { within: '15m' },
  };
}
