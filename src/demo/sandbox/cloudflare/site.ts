import { PAGES } from './account.ts';
import type { Pages, PagesDeployment } from './pages.ts';

type Kept = { readonly body: string; readonly type: string; readonly tags: readonly string[] };

/** Which of the kept copies are to be forgotten. */
export type Forget = (address: { readonly host: string; readonly path: string; readonly tags: readonly string[] }) => boolean;

/** The frontend as its visitors get it: through a cache that keeps what it has, whatever was built since. */
export type Site = { readonly serve: (path: string) => Response; readonly purge: (forget: Forget) => void };

export function createSite(pages: Pages): Site {
  const kept = new Map<string, Kept>();
  return {
    serve(path) {
      const copy = kept.get(path);
      const page = copy ?? (pages.canonical && build(pages.canonical, path));
      if (!page) return new Response('Not found.\n', { status: 404, headers: { 'cf-cache-status': 'MISS' } });
      kept.set(path, page);
      const headers = { 'content-type': page.type, 'cf-cache-status': copy ? 'HIT' : 'MISS', 'cache-control': 'public, s-maxage=14400' };
      return new Response(page.body, { headers });
    },
    purge(forget) {
      for (const [path, { tags }] of kept) if (forget({ host: PAGES.host, path, tags })) kept.delete(path);
    },
  };
}

function build({ id, commit, works }: PagesDeployment, path: string): Kept | null {
  if (path === '/build.json')
    return {
      body: JSON.stringify({ deployment: id, commit, status: works ? 'healthy' : 'broken' }),
      type: 'application/json',
      tags: ['build'],
    };
  if (path === '/assets/app.js') return { body: `globalThis.build = '${id}';\n`, type: 'text/javascript', tags: ['assets'] };
  const shelf = works ? '<ul><li>Kettle, small</li><li>Lamp, small</li></ul>' : '<p>Uncaught TypeError: product is undefined</p>';
  const body = `<!doctype html><title>The shop</title><meta name="deployment" content="${id}">${shelf}\n`;
  return path === '/' ? { body, type: 'text/html; charset=utf-8', tags: ['pages'] } : null;
}
