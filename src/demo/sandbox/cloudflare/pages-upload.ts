import { z } from 'zod';
import { PAGES } from './account.ts';
import { CODES } from './codes.ts';
import type { Serve } from './door.ts';
import { give, refuse } from './envelope.ts';
import type { Answer, Refusal } from './envelope.ts';
import { onProject, PROJECT, shown } from './pages.ts';
import type { Asset, Pages } from './pages.ts';

const Hashes = z.object({ hashes: z.array(z.string()) });
const Uploads = z.array(z.object({ key: z.string(), value: z.base64(), metadata: z.object({ contentType: z.string() }) }));
const Manifest = z.record(z.string().startsWith('/'), z.string());
type Parts = {
  readonly projects: readonly Pages[];
  readonly uploadToken: string;
  readonly newId: () => string;
  readonly now: () => string;
};

/** Taking a build from wrangler: first the files that nobody has yet, then which of them stand under which path. */
export function servePagesUpload(serve: Serve, { projects, uploadToken, newId, now }: Parts): void {
  const assets = new Map<string, Asset>();
  const on = onProject(projects);
  serve(
    'GET',
    `${PROJECT}/upload-token`,
    on(() => give({ jwt: uploadToken })),
  );
  serve('POST', '/pages/assets/check-missing', ({ body }) => give(Hashes.parse(body).hashes.filter((hash) => !assets.has(hash))));
  serve('POST', '/pages/assets/upload', ({ body }) => {
    for (const { key, value, metadata } of Uploads.parse(body))
      assets.set(key, { body: Buffer.from(value, 'base64').toString(), type: metadata.contentType });
    return give(null);
  });
  serve('POST', '/pages/assets/upsert-hashes', () => give(null));
  serve(
    'POST',
    `${PROJECT}/deployments`,
    on((pages, { body }) => (body instanceof FormData ? deploy(pages, body) : noForm())),
  );

  function deploy(pages: Pages, form: FormData): Answer | Refusal {
    const said = (name: string): string | undefined =>
      z
        .string()
        .optional()
        .parse(form.get(name) ?? undefined);
    const manifest = Manifest.parse(JSON.parse(said('manifest') ?? '{}'));
    const files = new Map<string, Asset>();
    for (const [path, hash] of Object.entries(manifest)) {
      const asset = assets.get(hash);
      if (!asset) return refuse(400, CODES.badBody, `The file ${path} was not uploaded.`);
      files.set(path, asset);
    }
    const branch = said('branch') ?? PAGES.branch;
    const deployment = {
      id: newId(),
      environment: branch === PAGES.branch ? ('production' as const) : ('preview' as const),
      branch,
      commit: said('commit_hash') ?? '',
      message: said('commit_message') ?? '',
      createdOn: now(),
      built: true,
      works: true,
      files,
    };
    pages.deployments.push(deployment);
    if (deployment.environment === 'production') pages.canonical = deployment;
    return give(shown(pages, deployment));
  }
}

function noForm(): Refusal {
  return refuse(400, CODES.badBody, 'A deployment is sent as a form.');
}

/** A token for uploads, of which wrangler reads how long it is good. */
export function newUploadToken(secret: string): string {
  return [part({ alg: 'none' }), part({ exp: 4_102_444_800, max_file_count_allowed: 20_000 }), secret].join('.');
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
