import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { Api } from './wrangler-api.ts';

type Order = {
  readonly api: Api;
  readonly folder: string;
  readonly project: string;
  readonly branch: string;
  readonly commit: string;
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

/** Uploads the files that Pages does not have yet, and then says which of them are the site. */
export async function deployPages({ api, folder, project, branch, commit }: Order): Promise<void> {
  const path = `/accounts/${api.account}/pages/projects/${project}`;
  await api.ask('GET', path);
  const files = filesIn(folder);
  if (files.length === 0) throw new Error(`There is nothing to deploy in ${folder}.`);
  const { jwt } = await api.ask<{ jwt: string }>('GET', `${path}/upload-token`);
  const hashes = files.map(({ hash }) => hash);
  const missing = await api.ask<readonly string[]>('POST', '/pages/assets/check-missing', { hashes }, jwt);
  const wanted = files.filter(({ hash }) => missing.includes(hash));
  const payload = wanted.map(({ hash, value, type }) => ({ key: hash, value, metadata: { contentType: type }, base64: true }));
  if (payload.length > 0) await api.ask('POST', '/pages/assets/upload', payload, jwt);
  await api.ask('POST', '/pages/assets/upsert-hashes', { hashes }, jwt);
  const form = new FormData();
  form.set('manifest', JSON.stringify(Object.fromEntries(files.map(({ name, hash }) => [name, hash]))));
  form.set('branch', branch);
  form.set('commit_hash', commit);
  form.set('commit_dirty', 'true');
  const { url } = await api.ask<{ url: string }>('POST', `${path}/deployments`, form);
  console.log(
    `✨ Success! Uploaded ${payload.length} files (${files.length - payload.length} already uploaded)\n✨ Deployment complete! Take a peek over at ${url}`,
  );
}

function filesIn(folder: string) {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return found.map(({ parentPath, name: file }) => {
    const full = join(parentPath, file);
    const value = readFileSync(full).toString('base64');
    const hash = createHash('sha256')
      .update(value + extname(file))
      .digest('hex')
      .slice(0, 32);
    const name = `/${relative(folder, full).split(sep).join('/')}`;
    return { name, hash, value, type: TYPES[extname(file)] ?? 'application/octet-stream' };
  });
}
