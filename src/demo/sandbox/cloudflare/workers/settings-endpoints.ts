import { z } from 'zod';
import { CODES } from '../codes.ts';
import type { Call, Serve } from '../door.ts';
import { give, giveList, refuse } from '../envelope.ts';
import type { Answer, Refusal } from '../envelope.ts';
import { addDeployment } from './deploying.ts';
import { servedMost } from './script.ts';
import type { Script } from './script.ts';
import type { Uploading } from './uploading.ts';

type On = (handle: (script: Script, call: Call) => Answer | Refusal) => (call: Call) => Answer | Refusal;

const SCRIPT = '/accounts/:account/workers/scripts/:script';
const Subdomain = z.looseObject({ enabled: z.boolean(), previews_enabled: z.boolean().default(false) });
const Secret = z.strictObject({ name: z.string().regex(/^\w+$/), text: z.string(), type: z.literal('secret_text') });

/** What belongs to a Worker and to no version of it, secrets above all; wrangler asks for some of it on every deployment. */
export function serveSettings(serve: Serve, parts: Uploading, on: On): void {
  serve(
    'GET',
    `${SCRIPT}/secrets`,
    on(({ secrets }) => giveList(Object.keys(secrets).map((name) => ({ name, type: 'secret_text' })))),
  );
  serve(
    'PUT',
    `${SCRIPT}/secrets`,
    on((script, { body }) => {
      const secret = Secret.safeParse(body);
      if (!secret.success) return refuse(400, CODES.badBody, `The secret can't be read: ${z.prettifyError(secret.error)}`);
      setSecret(parts, script, secret.data.name);
      return give({ name: secret.data.name, type: 'secret_text' });
    }),
  );
  serve(
    'GET',
    `${SCRIPT}/subdomain`,
    on(({ subdomain }) => give(subdomain)),
  );
  serve(
    'POST',
    `${SCRIPT}/subdomain`,
    on((script, { body }) => {
      const wanted = Subdomain.safeParse(body);
      if (!wanted.success) return refuse(400, CODES.badBody, `The setting can't be read: ${z.prettifyError(wanted.error)}`);
      script.subdomain = { enabled: wanted.data.enabled, previews_enabled: wanted.data.previews_enabled };
      return give(script.subdomain);
    }),
  );
  serve(
    'GET',
    `${SCRIPT}/settings`,
    on((script) => give({ ...script.settings, bindings: servedMost(script)?.bindings ?? [] })),
  );
  serve(
    'PATCH',
    `${SCRIPT}/script-settings`,
    on((script, { body }) => {
      if (typeof body !== 'object' || body === null) return refuse(400, CODES.badBody, "The settings can't be read.");
      script.settings = { ...script.settings, ...body };
      return give(script.settings);
    }),
  );
}

/** A secret that is set makes a version of its own out of the newest one, and serves it. */
function setSecret(parts: Uploading, script: Script, name: string): void {
  script.secrets = { ...script.secrets, [name]: (script.secrets[name] ?? 0) + 1 };
  const newest = script.versions.at(-1);
  if (!newest) return;
  const bindings = [...newest.bindings.filter((binding) => binding.name !== name), { name, type: 'secret_text' }];
  const annotations = { 'workers/triggered_by': 'secret' };
  const version = {
    ...newest,
    id: parts.newId(),
    number: newest.number + 1,
    createdOn: parts.now(),
    annotations,
    bindings,
    secrets: script.secrets,
  };
  script.versions.push(version);
  addDeployment(parts, script, [{ version_id: version.id, percentage: 100 }], annotations);
}
