import { stringify } from 'yaml';
import type { SettingsText } from '../core/settings.ts';
import { whoIsReached } from './who-is-reached.ts';
import type { CloudflareNames } from './sandbox/cloudflare/account.ts';

/** What the settings have to know of the sandbox and of the workspace beside it. */
export type SandboxPlace = {
  readonly sandbox: {
    readonly serviceUrl: string;
    readonly repo: string;
    readonly marker: string;
    readonly env: Readonly<Record<string, string>>;
    readonly commits: { readonly good: string };
    readonly cloudflareUrl: string;
    readonly cloudflare: Omit<CloudflareNames, 'token'>;
    readonly procedures: readonly string[];
    readonly vars: Readonly<Record<string, string>>;
    readonly secrets: Readonly<Record<string, string>>;
  };
  /** A folder of the target's own, for what its steps keep. */
  readonly stateDir: string;
  /** Ids by name: `dana` … */
  readonly people: Readonly<Record<string, string>>;
  /** Ids by handle: `devops-engineer` … */
  readonly groups: Readonly<Record<string, string>>;
  /** The id of the channel for announcements. */
  readonly announce?: string;
  /** After how long a healthy version is verified; 1m where it is left out. */
  readonly goodAfter?: string;
  /** Whether the sandbox is a target on which drills are held, and no production. */
  readonly practised?: boolean;
  /** What comes beside it, or instead of it. */
  readonly more?: Partial<SettingsText>;
};

/** The variable of the bot's environment in which the address of the sandbox's Redis stands. */
export const REDIS_VARIABLE = 'SANDBOX_REDIS_URL';

/** The one in which the token of its Cloudflare account stands, where wrangler looks for it. */
const TOKEN_VARIABLE = 'CLOUDFLARE_API_TOKEN';

/** What the service says of itself. Its figures are those of a few seconds, and so they are read more often than in the world. */
const METRICS: NonNullable<SettingsText['metrics']> = {
  error_rate: { title: 'Error rate', unit: 'ratio', every: '5s', http: { ...figure('/error_rate'), samples: '/requests' } },
  response_time: {
    title: 'Response time (95th percentile)',
    unit: 'ms',
    every: '5s',
    http: { ...figure('/response_time_p95_ms'), samples: '/requests' },
  },
  hit_rate: { title: 'Cache hit rate', unit: 'ratio', every: '5s', http: { ...figure('/hit_rate'), samples: '/requests' } },
  query_time: {
    title: 'Database queries (average)',
    unit: 'ms',
    every: '5s',
    http: { url: '${target.api_url}/api/health/database', pointer: '/query_ms_average' },
  },
  error_log: {
    title: 'Errors in the log',
    unit: 'count',
    every: '5s',
    http: { url: '${target.api_url}/api/logs?level=error', pointer: '/count' },
  },
};

/** The variables of the bot's environment in which the secrets of the scenario stand. */
export function secretVariables(secrets: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(secrets).map(([name, value]) => [variableOf(name), value]));
}

/** The text of a `rollbot.yml` whose only target is the sandbox, with the same names as the one in the repository. */
export function sandboxSettings(place: SandboxPlace): string {
  return `# Written by the demo: the sandbox is the only target.\n${stringify(settingsOf(place), { lineWidth: 0 })}`;
}

function settingsOf({
  sandbox,
  stateDir,
  people,
  groups,
  announce,
  goodAfter = '1m',
  practised = false,
  more,
}: SandboxPlace): SettingsText {
  // The address of Redis is a secret of the target and no part of what its programs see; the token is one that wrangler has to see.
  const { [REDIS_VARIABLE]: _redis, [TOKEN_VARIABLE]: _token, ...env } = sandbox.env;
  const { cloudflare } = sandbox;
  return {
    platform: 'The shop (sandbox)',
    targets: {
      [practised ? 'staging' : 'production']: {
        about: practised ? 'Where the sandbox is practised on' : 'The production of the sandbox',
        protected: !practised,
        default: true,
        vars: {
          api_url: sandbox.serviceUrl,
          repo: sandbox.repo,
          deploy_branch: 'main',
          state_dir: stateDir,
          wrangler_env: 'production',
          cache_marker: sandbox.marker,
          cloudflare_url: sandbox.cloudflareUrl,
          cloudflare_account: cloudflare.account,
          cloudflare_zone: cloudflare.zone,
          worker: cloudflare.worker,
          emergency_worker: cloudflare.emergencyWorker,
          worker_route: cloudflare.route,
          worker_route_pattern: cloudflare.pattern,
          workers_url: `${sandbox.serviceUrl}/workers.dev`,
          emergency_url: `${sandbox.serviceUrl}/workers.dev/${cloudflare.emergencyWorker}`,
          health_pause: '0.5s',
          hyperdrive: cloudflare.hyperdrive,
          pages_project: cloudflare.pages,
          site_url: `${sandbox.serviceUrl}/site`,
          zone_name: cloudflare.zoneName,
          site_host: cloudflare.siteHost,
          websocket_url: `${sandbox.serviceUrl}/api/live`,
          probes_url: `${sandbox.serviceUrl}/api/probes`,
          site_prefixes: `${cloudflare.siteHost}/`,
          site_version_url: `${sandbox.serviceUrl}/site/build.json`,
          edge_sample_url: `${sandbox.serviceUrl}/site/assets/app.js`,
          pages_branch: cloudflare.pagesBranch,
          emergency_pages_project: cloudflare.emergencyPages,
          emergency_site_version_url: `${sandbox.serviceUrl}/emergency-site/build.json`,
          ...sandbox.vars,
        },
        secrets: {
          redis_url: { env: REDIS_VARIABLE },
          cloudflare_token: { env: TOKEN_VARIABLE },
          ...Object.fromEntries(Object.keys(sandbox.secrets).map((name) => [name, { env: variableOf(name) }])),
        },
        env: { ...env, [TOKEN_VARIABLE]: { from: TOKEN_VARIABLE } },
        'last-good': { 'worker:api': sandbox.commits.good, 'pages:site': sandbox.commits.good, 'monitoring:stack': sandbox.commits.good },
        deployables: {
          'worker:api': {
            version: { http: '${target.api_url}/api/version', pointer: '/version' },
            healthy: { http: '${target.api_url}/api/health' },
            'good-after': goodAfter,
            every: '5s',
          },
          ...(sandbox.procedures.includes('frontend') && {
            'pages:site': {
              version: { http: '${target.site_version_url}', pointer: '/commit' },
              healthy: { http: '${target.site_url}/' },
              every: '5s',
            },
          }),
        },
        procedures: [...sandbox.procedures],
      },
    },
    ...whoIsReached(people, groups),
    start: { '*': ['lead-developer', 'devops-engineer'] },
    commanders: ['lead-developer', 'devops-engineer'],
    channels: {
      prefix: 'inc',
      invite: ['lead-developer', 'devops-engineer', 'database-admin', 'product-owner'],
      ...(announce !== undefined && { announce }),
    },
    approvals: { within: '15m' },
    'key-metrics': ['error_rate', 'response_time', 'hit_rate'],
    ...more,
    // What the procedures verify by is there in every demo.
    metrics: { ...METRICS, ...more?.metrics },
  };
}

function figure(pointer: string): { readonly url: string; readonly pointer: string } {
  return { url: '${target.api_url}/api/metrics', pointer };
}

function variableOf(secret: string): string {
  return `SANDBOX_${secret.toUpperCase()}`;
}
