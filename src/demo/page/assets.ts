import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export type Asset = { readonly type: string; readonly body: Buffer };

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The page's own files by their address; nothing else of the disk can be asked for. */
export async function readAssets(): Promise<ReadonlyMap<string, Asset>> {
  const folder = path.join(import.meta.dirname, 'client');
  const names = (await readdir(folder)).filter((name) => path.extname(name) in TYPES);
  const assets = await Promise.all(
    names.map(async (name): Promise<[string, Asset]> => {
      const asset = { type: TYPES[path.extname(name)] ?? '', body: await readFile(path.join(folder, name)) };
      return [name === 'index.html' ? '/' : `/${name}`, asset];
    }),
  );
  return new Map(assets);
}
