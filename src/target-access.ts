import { readFile } from 'node:fs/promises';
import type { PinnedTarget } from './core/incident/event.ts';
import type { TargetAccess } from './core/ports.ts';
import type { SecretSource } from './core/secret-source.ts';
import type { Settings } from './core/settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What steps on a target may see: the environment that the target lists, and its secrets when they are asked for. The bot's own secrets are only hidden. */
export function targetAccess(target: PinnedTarget, environment: Environment, ownSecrets: readonly string[]): TargetAccess {
  return {
    env: Object.fromEntries(
      Object.entries(target.env).flatMap(([name, value]) => {
        const found = typeof value === 'string' ? value : environment[value.from];
        return found === undefined ? [] : [[name, found]];
      }),
    ),
    secret: async (name) => await readSecret(target, name, environment),
    async hidden() {
      const read = await Promise.allSettled(target.secrets.map(async (name) => await readSecret(target, name, environment)));
      return [...ownSecrets, ...read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))];
    },
  };
}

/** What CI has to show; null where rollbot.yml names nothing for it. */
export async function readCiSecret({ ci }: Settings, environment: Environment): Promise<string | null> {
  return ci ? await readSource(ci.secret, 'The secret of CI', environment) : null;
}

/** What a source of alerts has to show, or signs with. */
export async function readAlertSecret({ alerts }: Settings, source: string, environment: Environment): Promise<string> {
  const found = alerts && Object.hasOwn(alerts.sources, source) ? alerts.sources[source] : undefined;
  if (!found) throw new Error(`rollbot.yml names no source of alerts "${source}".`);
  return await readSource(found.secret, `The secret of the alerts of ${source}`, environment);
}

/** The number of our account at a vendor; null where `rollbot.yml` does not say where it is found. */
export async function readAccount({ vendors = {} }: Settings, vendor: string, environment: Environment): Promise<string | null> {
  const source = Object.hasOwn(vendors, vendor) ? vendors[vendor]?.account : undefined;
  return source ? await readSource(source, `The account number at ${vendor}`, environment) : null;
}

async function readSecret(target: PinnedTarget, name: string, environment: Environment): Promise<string> {
  const source = Object.hasOwn(target.secretSources, name) ? target.secretSources[name] : undefined;
  if (!source) throw new Error(`${target.name} has no secret "${name}": add it under targets: ${target.name}: secrets in rollbot.yml.`);
  return await readSource(source, `The secret "${name}" of ${target.name}`, environment);
}

/** Everything that `rollbot.yml` says is secret, with words for what it is. */
export function secretsNamedIn(settings: Settings): readonly { readonly what: string; readonly source: SecretSource }[] {
  const { targets, ci, alerts, paging, contacts = {}, vendors = {} } = settings;
  const ofTargets = Object.entries(targets).flatMap(([target, { secrets = {} }]) =>
    Object.entries(secrets).map(([name, source]) => ({ what: `The secret "${name}" of ${target}`, source })),
  );
  const ofAlerts = Object.entries(alerts?.sources ?? {}).map(([name, { secret }]) => ({
    what: `The secret of the alerts of ${name}`,
    source: secret,
  }));
  const ofWebhooks = Object.entries(paging?.webhooks ?? {}).map(([name, { secret }]) => ({
    what: `The secret of the webhook ${name}`,
    source: secret,
  }));
  const others = [
    { what: 'The secret of CI', source: ci?.secret },
    { what: 'The address of the mail server', source: paging?.smtp?.url },
    { what: 'The secret of links to acknowledge', source: paging?.['link-secret'] },
    ...Object.entries(contacts).map(([name, { pagerduty }]) => ({ what: `The PagerDuty key of ${name}`, source: pagerduty })),
    ...Object.entries(vendors).map(([name, { account }]) => ({ what: `The account number at ${name}`, source: account })),
  ].flatMap(({ what, source }) => (source === undefined ? [] : [{ what, source }]));
  return [...ofTargets, ...ofAlerts, ...ofWebhooks, ...others];
}

/** Reads a secret where it is; throws a sentence when it can't be read. */
export async function readSource(source: SecretSource, what: string, environment: Environment): Promise<string> {
  if ('env' in source) {
    const value = environment[source.env];
    if (!value) throw new Error(`${what} is read from the variable ${source.env}, which is not set.`);
    return value;
  }
  const value = await readFile(source.file, 'utf8').catch(() => null);
  if (value === null) throw new Error(`${what} is read from ${source.file}, which can't be read.`);
  if (value.trim() === '') throw new Error(`${what} is read from ${source.file}, which is empty.`);
  return value.trimEnd();
}
