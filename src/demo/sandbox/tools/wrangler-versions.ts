import { ApiError } from './wrangler-api.ts';
import type { Api } from './wrangler-api.ts';

type Annotated = { readonly id: string; readonly annotations?: Readonly<Record<string, string>> };
type Version = Annotated & { readonly metadata: { readonly created_on: string; readonly author_email: string } };
type Share = { readonly version_id: string; readonly percentage: number };
type Deployment = Annotated & { readonly created_on: string; readonly author_email: string; readonly versions: readonly Share[] };

const MOST_SHOWN = 10;
const SECRETS_CHANGED = 10_220;

/** Everything that wrangler does with the versions of one Worker. */
export function versionsOf(api: Api, worker: string) {
  const script = `/accounts/${api.account}/workers/scripts/${worker}`;

  async function deployments(): Promise<readonly Deployment[]> {
    const { deployments: found } = await api.ask<{ deployments: readonly Deployment[] }>('GET', `${script}/deployments`);
    return found.toSorted((a, b) => a.created_on.localeCompare(b.created_on));
  }

  const version = async (id: string) => await api.ask<Version>('GET', `${script}/versions/${id}`);

  async function serve(versions: readonly Share[], message: string | undefined, force = false): Promise<void> {
    const order = { strategy: 'percentage', versions, annotations: { 'workers/message': message } };
    await api.ask('POST', `${script}/deployments${force ? '?force=true' : ''}`, order);
  }

  return {
    /** The newest versions that can be deployed, oldest first. */
    async list(): Promise<readonly Version[]> {
      const { items } = await api.ask<{ items: readonly Version[] }>('GET', `${script}/versions?deployable=true`);
      return items.toSorted((a, b) => a.metadata.created_on.localeCompare(b.metadata.created_on)).slice(-MOST_SHOWN);
    },
    view: version,
    async deployments(): Promise<readonly Deployment[]> {
      return (await deployments()).slice(-MOST_SHOWN);
    },
    async status(): Promise<Deployment> {
      const newest = (await deployments()).at(-1);
      if (!newest) throw new Error(`The Worker ${worker} has no deployments.`);
      return newest;
    },
    async deploy(versions: readonly Share[], message: string | undefined, { dryRun }: { dryRun: boolean }): Promise<void> {
      console.log('╭ Deploy Worker Versions by splitting traffic between multiple versions\n│');
      for (const { version_id } of versions) await version(version_id);
      if (dryRun) return console.log('╰  --dry-run: exiting');
      await serve(versions, message);
      const shares = versions.map(({ version_id, percentage }) => `version ${version_id} at ${percentage}%`);
      console.log(`╰  SUCCESS  Deployed ${worker} ${new Intl.ListFormat('en-US').format(shares)}`);
    },
    /** Back to a version, or to the one before; a change of secrets since is only mentioned, as nobody is there to be asked. */
    async rollback(given: string | undefined, message: string): Promise<void> {
      const id = given ?? before(await deployments());
      if (id === undefined)
        throw new Error('Could not find stable Worker Version to rollback to. Please try again with an explicit Version ID.');
      await version(id);
      console.log(`├  WARNING  You are about to rollback to Worker Version ${id}.`);
      console.log(
        '│ This will immediately replace the current deployment and become the active deployment across all your deployed triggers.',
      );
      console.log(
        '│ Rolling back to a previous deployment will not rollback any of the bound resources (Durable Object, D1, R2, KV, etc).',
      );
      console.log('Performing rollback...');
      await serve([{ version_id: id, percentage: 100 }], message).catch(async (error: unknown) => {
        if (!(error instanceof ApiError) || error.code !== SECRETS_CHANGED) throw error;
        const [, names = ''] = error.says.split('The following secrets have changed: ');
        console.log(
          `? The following secrets have changed since version ${id} was deployed. Please confirm you wish to continue with the rollback`,
        );
        for (const name of names.split(', ')) console.log(`  * ${name}`);
        console.log('🤖 Using fallback value in non-interactive context: yes');
        await serve([{ version_id: id, percentage: 100 }], message, true);
      });
      console.log(`╰  SUCCESS  Worker Version ${id} has been deployed to 100% of traffic.\n\nCurrent Version ID: ${id}`);
    },
  };
}

/** The version of the newest deployment before this one that was served to everybody. */
function before(deployments: readonly Deployment[]): string | undefined {
  return deployments.slice(0, -1).findLast(({ versions }) => versions[0]?.percentage === 100)?.versions[0]?.version_id;
}

/** Reads `<version id>@<percentage>`, the sign of it included or not. */
export function readShares(words: readonly string[]): readonly Share[] {
  if (words.length === 0) throw new Error('You must select at least 1 version to deploy.');
  return words.map((word) => {
    const [version_id = '', percentage = '100'] = word.split('@');
    const share = Number.parseFloat(percentage);
    if (Number.isNaN(share))
      throw new Error(
        `Could not parse percentage value from version-spec positional arg "${word}". Expected format: <version-id>@<percentage>`,
      );
    return { version_id, percentage: share };
  });
}

/** A version or a deployment for people to read. */
export function told(each: Version | Deployment): string {
  const isVersion = 'metadata' in each;
  const lines = {
    ...(isVersion && { 'Version ID': each.id }),
    Created: isVersion ? each.metadata.created_on : each.created_on,
    Author: isVersion ? each.metadata.author_email : each.author_email,
    Source: 'Upload',
    ...(isVersion && { Tag: each.annotations?.['workers/tag'] ?? '-' }),
    Message: each.annotations?.['workers/message'] ?? '-',
    ...(!isVersion && {
      'Version(s)': each.versions.map(({ version_id, percentage }) => `(${percentage}%) ${version_id}`).join('\n             '),
    }),
  };
  return Object.entries(lines)
    .map(([label, text]) => `${`${label}:`.padEnd(13)}${text}`)
    .join('\n');
}
