import { afterAll, beforeAll } from 'vitest';
import { ACCOUNT, SCRIPTS, ZONE } from '../../../../src/demo/sandbox/cloudflare/account.ts';
import { startCloudflare } from '../../../../src/demo/sandbox/cloudflare/cloudflare.ts';
import type { Cloudflare } from '../../../../src/demo/sandbox/cloudflare/cloudflare.ts';
import type { CloudflareFault } from '../../../../src/demo/sandbox/cloudflare/faults.ts';
import { createManualClock } from '../../../slack/manual-clock.ts';
import { freshFolder } from '../sandboxes.ts';

type Ask = { readonly body?: unknown; readonly token?: string | null; readonly headers?: Readonly<Record<string, string>> };
export type Answered = {
  readonly status: number;
  readonly success: boolean;
  /** The number of the first error. */
  readonly code: number | undefined;
  readonly says: string;
  readonly result: Readonly<Record<string, unknown>>;
};
export type Worker = {
  readonly code?: string;
  readonly bindings?: readonly object[];
  readonly migrations?: object;
  readonly annotations?: object;
};

export const account = `/accounts/${ACCOUNT.id}`;
export const zone = `/zones/${ZONE.id}`;
export const scriptPath = (name: string = SCRIPTS.production) => `${account}/workers/scripts/${name}`;
export const COMMITS = { good: 'a'.repeat(40), bad: 'b'.repeat(40), newest: 'c'.repeat(40) } as const;
export const NOBODY = '00000000-0000-4000-8000-000000000000';

/** A stand-in for Cloudflare of a test file's own, without the rest of the sandbox, and whoever asks it. */
export function standingIn() {
  const faults = new Set<CloudflareFault>();
  const clock = createManualClock();
  let running: { cloudflare: Cloudflare; remove: () => Promise<void> } | null = null;
  const cloudflare = () => {
    if (!running) throw new Error('The stand-in is started before the tests, and not sooner.');
    return running.cloudflare;
  };
  beforeAll(async () => {
    const { dir, remove } = await freshFolder();
    running = { cloudflare: await startCloudflare({ clock, folder: dir, faults: { isOn: (name) => faults.has(name) } }), remove };
  });
  afterAll(async () => {
    await cloudflare().close();
    await running?.remove();
  });

  async function ask(method: string, path: string, { body, token, headers = {} }: Ask = {}): Promise<Answered> {
    const answer = await fetch(`${cloudflare().url}${path}`, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token ?? cloudflare().token}` }),
        ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: body instanceof FormData || typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const said = (await answer.json()) as {
      success: boolean;
      errors: { code: number; message: string }[];
      messages: unknown[];
      result: Answered['result'];
    };
    const { success, errors, result } = said;
    return { status: answer.status, success, code: errors[0]?.code, says: errors[0]?.message ?? '', result };
  }

  return {
    faults,
    clock,
    cloudflare,
    ask,
    /** Uploads a Worker and serves it at once; answers with the id of its version. */
    async put(worker: Worker = {}, script: string = SCRIPTS.production): Promise<string> {
      const { success, says, result } = await ask('PUT', scriptPath(script), { body: formOf(worker) });
      if (!success) throw new Error(says);
      return String(result['deployment_id']).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    },
    async serve(versions: readonly (readonly [string, number])[], force = false): Promise<Answered> {
      const order = { strategy: 'percentage', versions: versions.map(([version_id, percentage]) => ({ version_id, percentage })) };
      return await ask('POST', `${scriptPath()}/deployments${force ? '?force=true' : ''}`, { body: order });
    },
    /** The versions that are served, with their shares. */
    async served(): Promise<unknown> {
      const { result } = await ask('GET', `${scriptPath()}/deployments`);
      return (result['deployments'] as readonly { versions: unknown }[])[0]?.versions;
    },
  };
}

/** A Worker as wrangler sends it. */
export function formOf({
  code = 'export default { fetch: () => new Response("hello") }',
  bindings = [],
  migrations,
  annotations,
}: Worker): FormData {
  const form = new FormData();
  form.set('metadata', JSON.stringify({ main_module: 'worker.js', compatibility_date: '2026-09-01', bindings, migrations, annotations }));
  form.set('worker.js', new Blob([code], { type: 'application/javascript+module' }), 'worker.js');
  return form;
}
