import type { Checkout } from './checkout.ts';
import { CLOUDFLARE_NAMES } from './cloudflare/account.ts';
import type { CloudflareNames } from './cloudflare/account.ts';
import { MARKER } from './contents.ts';
import type { Health } from './health.ts';
import { runNaively } from './naive-repair.ts';
import { SABOTAGES } from './sabotage.ts';
import type { SabotageName } from './sabotage.ts';
import type { SandboxOptions } from './sandbox-options.ts';
import type { ScenarioName } from './scenarios.ts';
import { breakWorld } from './trouble.ts';
import { buildWorld } from './world.ts';
import type { World } from './world.ts';

/** A small production on loopback, with a repository, a cache, cron jobs and customers: really broken, and really to be repaired. */
export type Sandbox = {
  readonly serviceUrl: string;
  readonly redisUrl: string;
  /** The checkout that a rollback starts from. */
  readonly repo: string;
  /** Its bare remote. */
  readonly origin: string;
  /** The folder of stand-in tools; it is first in `env.PATH`. */
  readonly path: string;
  /** Everything that the steps of this target need in their environment, and nothing else. */
  readonly env: Readonly<Record<string, string>>;
  readonly commits: Checkout['commits'];
  /** The stand-in for Cloudflare's API, with `/client/v4` at its end, and what is known there under which name. */
  readonly cloudflareUrl: string;
  readonly cloudflare: CloudflareNames;
  /** The value of the Redis key `rollbot:marker`. */
  readonly marker: string;
  /** The procedure that repairs it, and after it those that are a part of that one. */
  readonly procedures: readonly [ScenarioName, ...string[]];
  /** What the target's settings say beside what every sandbox has; secrets with their values. */
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly sabotages: readonly SabotageName[];
  health(): Promise<Health>;
  /** Breaks it again, whatever was done to it since, ends all sabotage, and resolves when the figures show it. */
  break(): Promise<void>;
  /** Runs the old document's own commands and answers how many milliseconds they took; null where it has none for this. */
  repairNaively(): Promise<number | null>;
  sabotage(name: SabotageName): Promise<void>;
  /** Ends a sabotage; one that is not going on is ended already. */
  relent(name: SabotageName): Promise<void>;
  /** The sabotages that go on right now. */
  sabotaged(): readonly SabotageName[];
  /** Resolves as soon as no cron job is at work. */
  quiet(): Promise<void>;
  close(): Promise<void>;
};

/** Builds a sandbox and resolves when its production is measurably broken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const world = await buildWorld(options);
  try {
    await breakWorld(world);
  } catch (error) {
    await world.close();
    throw error;
  }
  return handlesOf(world, options.scenario ?? 'cache');
}

function handlesOf(world: World, name: ScenarioName): Sandbox {
  const { clock, service, cloudflare, checkout, folders, env, saboteur, cron, scenario, extras } = world;
  return {
    serviceUrl: service.url,
    redisUrl: env.SANDBOX_REDIS_URL,
    repo: checkout.repo,
    origin: checkout.origin,
    path: folders.path,
    env,
    commits: checkout.commits,
    cloudflareUrl: cloudflare.url,
    cloudflare: { ...CLOUDFLARE_NAMES, token: cloudflare.token },
    marker: MARKER,
    procedures: [name, ...(scenario.parts ?? [])],
    vars: extras.vars ?? {},
    secrets: extras.secrets ?? {},
    sabotages: SABOTAGES,
    health: service.health,
    break: () => breakWorld(world),
    async repairNaively() {
      const script = scenario.naively;
      if (script === undefined) return null;
      let tookMs = 0;
      // A job at work would write its entries after they were cleared; the careless way is spared that, so that its time can be told.
      await cron.meanwhile(async () => {
        const startedMs = clock.monotonicMs();
        await runNaively({ script, repo: checkout.repo, good: checkout.commits.good, env });
        tookMs = clock.monotonicMs() - startedMs;
      });
      return tookMs;
    },
    sabotage: saboteur.begin,
    relent: saboteur.end,
    sabotaged: () => SABOTAGES.filter((each) => saboteur.isOn(each)),
    quiet: cron.quiet,
    close: world.close,
  };
}
