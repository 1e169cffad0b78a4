import { ACCOUNT } from '../account.ts';
import { CODES } from '../codes.ts';
import type { Call, Serve } from '../door.ts';
import { give, giveList, refuse } from '../envelope.ts';
import type { Answer, Refusal } from '../envelope.ts';
import { deploy, DEPLOYABLE } from './deploying.ts';
import type { Script } from './script.ts';
import { serveSettings } from './settings-endpoints.ts';
import { shownBriefly, shownDeployment, shownService, shownUpload, shownWhole, shownWorker } from './shown.ts';
import { readUpload } from './upload.ts';
import type { Upload } from './upload.ts';
import { uploadScript, uploadVersion } from './uploading.ts';
import type { Uploading } from './uploading.ts';

const SCRIPT = '/accounts/:account/workers/scripts/:script';

/** Workers: uploading versions, listing them, and deciding which of them are served. */
export function serveWorkers(serve: Serve, parts: Uploading): void {
  const on = (handle: (script: Script, call: Call) => Answer | Refusal) => (call: Call) => {
    const script = parts.scripts.get(call.params.script ?? '');
    return script ? handle(script, call) : refuse(404, CODES.notFound, 'This Worker does not exist on your account.');
  };
  serve('GET', '/accounts/:account/workers/scripts', () =>
    giveList([...parts.scripts.values()].map(({ name, tag }) => ({ id: name, tag }))),
  );
  serve(
    'GET',
    `${SCRIPT}/deployments`,
    on((script) => give({ deployments: script.deployments.toReversed().map(shownDeployment) })),
  );
  serve(
    'POST',
    `${SCRIPT}/deployments`,
    on((script, { body, query }) => {
      const done = deploy(parts, script, body, { force: query.force === 'true' });
      return 'refused' in done ? done : give(shownDeployment(done));
    }),
  );
  serve(
    'GET',
    `${SCRIPT}/versions`,
    on((script, { query }) => listed(script, query)),
  );
  serve(
    'GET',
    `${SCRIPT}/versions/:version`,
    on((script, { params }) => {
      const version = script.versions.find(({ id }) => id === params.version);
      return version ? give(shownWhole(version)) : refuse(404, CODES.notFound, 'workers.api.error.version_not_found');
    }),
  );
  serve(
    'POST',
    `${SCRIPT}/versions`,
    withUpload(async (upload, { params, query }) => {
      const strict = query.bindings_inherit === 'strict';
      const done = await uploadVersion(parts, params.script ?? '', upload, { strict });
      return 'refused' in done ? done : give(shownWhole(done));
    }),
  );
  serve(
    'PUT',
    SCRIPT,
    withUpload(async (upload, { params }) => {
      const done = await uploadScript(parts, params.script ?? '', upload);
      const script = parts.scripts.get(params.script ?? '');
      return 'refused' in done || !script ? (done as Refusal) : give(shownUpload(script, done));
    }),
  );
  serve('GET', '/accounts/:account/workers/services/:script', ({ params }) => {
    const script = parts.scripts.get(params.script ?? '');
    return script ? give(shownService(script)) : refuse(404, CODES.noSuchService, 'workers.api.error.service_not_found');
  });
  serve(
    'GET',
    '/accounts/:account/workers/workers/:script',
    on((script) => give(shownWorker(script))),
  );
  serve('GET', '/accounts/:account/workers/subdomain', () => give({ subdomain: ACCOUNT.subdomain }));
  serveSettings(serve, parts, on);
}

/** The newest first; with `deployable` all at once, as wrangler asks for them. */
function listed({ versions }: Script, query: Call['query']): Answer {
  const newest = versions.slice(-DEPLOYABLE).toReversed();
  const size = query.deployable === 'true' ? DEPLOYABLE : Math.min(Number(query.per_page ?? 10) || 10, DEPLOYABLE);
  const page = Math.max(Number(query.page ?? 1) || 1, 1);
  const items = newest.slice((page - 1) * size, page * size).map(shownBriefly);
  const { body, ...answer } = give({ items });
  return { ...answer, body: { ...body, result_info: { page, per_page: size, count: items.length, total_count: newest.length } } };
}

function withUpload(handle: (upload: Upload, call: Call) => Promise<Answer | Refusal>) {
  return async (call: Call): Promise<Answer | Refusal> => {
    const upload = await readUpload(call.body instanceof FormData ? call.body : null);
    return 'refused' in upload ? upload : await handle(upload, call);
  };
}
