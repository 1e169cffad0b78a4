import { z } from 'zod';
import { CODES } from '../codes.ts';
import { refuse } from '../envelope.ts';
import type { Refusal } from '../envelope.ts';
import type { Annotations, Deployment, Script, Share } from './script.ts';

const Order = z.looseObject({
  strategy: z.literal('percentage'),
  versions: z
    .array(z.strictObject({ version_id: z.uuid(), percentage: z.number().min(0.01).max(100) }))
    .min(1)
    .max(2),
  annotations: z.looseObject({ 'workers/message': z.string().optional() }).optional(),
});

/** Only so many of the newest versions can be served again. */
export const DEPLOYABLE = 100;
const MESSAGE_BYTES = 100;

type Parts = { readonly now: () => string; readonly newId: () => string; readonly knowsHyperdrive: (id: string) => boolean };

/** Serves other versions from now on, or says why they can't be served. */
export function deploy(parts: Parts, script: Script, body: unknown, { force }: { force: boolean }): Deployment | Refusal {
  const order = Order.safeParse(body);
  if (!order.success) return refuse(400, CODES.badBody, `The deployment can't be read: ${z.prettifyError(order.error)}`);
  const { versions, annotations } = order.data;
  const sum = versions.reduce((total, { percentage }) => total + percentage, 0);
  if (Math.abs(sum - 100) > 0.001)
    return refuse(400, CODES.badBody, `The percentages of the versions must add up to 100, and they add up to ${sum}.`);
  for (const { version_id } of versions) {
    const no = refusalOf(parts, script, version_id, force);
    if (no) return no;
  }
  const message = annotations?.['workers/message'];
  return addDeployment(parts, script, versions, {
    ...(message === undefined ? {} : { 'workers/message': Buffer.from(message).subarray(0, MESSAGE_BYTES).toString() }),
    'workers/triggered_by': 'deployment',
  });
}

/** Notes what is served from now on, without asking whether it may. */
export function addDeployment(
  { now, newId }: Pick<Parts, 'now' | 'newId'>,
  script: Script,
  versions: readonly Share[],
  annotations: Annotations,
): Deployment {
  const deployment = { id: newId(), createdOn: now(), annotations, versions };
  script.deployments.push(deployment);
  return deployment;
}

function refusalOf({ knowsHyperdrive }: Parts, script: Script, id: string, force: boolean): Refusal | null {
  const version = script.versions.find((each) => each.id === id);
  if (!version) return refuse(404, CODES.notFound, 'workers.api.error.version_not_found');
  if (!script.versions.slice(-DEPLOYABLE).includes(version))
    return refuse(400, CODES.tooOld, `Version ${id} is not among the ${DEPLOYABLE} newest and can't be deployed any more.`);
  if (version.migrationTag !== script.migrationTag) {
    const says = `Version ${id} was uploaded before the Durable Object migration "${script.migrationTag ?? ''}" was applied. A deployment can't go back across a migration.`;
    return refuse(400, CODES.acrossMigration, says);
  }
  const gone = version.bindings.find((binding) => binding.type === 'hyperdrive' && !knowsHyperdrive(String(binding.id)));
  if (gone) return refuse(400, CODES.badCode, `binding ${gone.name} of type hyperdrive must have a valid \`id\` specified`);
  const names = new Set([...Object.keys(script.secrets), ...Object.keys(version.secrets)]);
  const changed = [...names].filter((name) => script.secrets[name] !== version.secrets[name]);
  if (changed.length === 0 || force) return null;
  const says = `A secret has changed since this version was active. If you are sure this is ok, add a ?force=true query parameter to allow the rollback. The following secrets have changed: ${changed.join(', ')}`;
  return refuse(400, CODES.secretsChanged, says);
}
