import type { Clock } from '../../../core/ports.ts';
import { PAGES } from './account.ts';
import type { Pages, PagesDeployment } from './pages.ts';

type Page = { readonly body: string; readonly type: string; readonly tags: readonly string[] };
type Kept = Page & { readonly sinceMs: number };

/** Which of the kept copies are to be forgotten. */
export type Forget = (address: { readonly host: string; readonly path: string; readonly tags: readonly string[] }) => boolean;

/** The frontend as its visitors get it: through a cache that keeps what it has, whatever was built since. */
export type Site = {
  readonly serve: (path: string) => Response;
  readonly purge: (forget: Forget) => void;
  /** Has it keep copies of everything, as if somebody had visited it so long ago. */
  readonly wasVisited: (agoMs: number) => void;
};

const PATHS = ['/', '/build.json', '/assets/app.js'] as const;

export function createSite(pages: Pages, { clock, isDeaf = () => false }: { clock: Clock; isDeaf?: () => boolean }): Site {
  const kept = new Map<string, Kept>();

  function fetch(path: string, sinceMs: number): Kept | null {
    const page = pages.canonical && build(pages.canonical, path);
    if (page) kept.set(path, { ...page, sinceMs });
    return kept.get(path) ?? null;
  }

  return {
    serve(path) {
      const now = clock.monotonicMs();
      const copy = kept.get(path);
      const page = copy ?? fetch(path, now);
      if (!page) return new Response('Not found.\n', { status: 404, headers: { 'cf-cache-status': 'MISS' } });
      const age = copy && { age: String(Math.floor((now - copy.sinceMs) / 1000)) };
      const headers = { 'content-type': page.type, 'cf-cache-status': copy ? 'HIT' : 'MISS', 'cache-control': 'public, s-maxage=14400' };
      return new Response(page.body, { headers: { ...headers, ...age } });
    },
    purge(forget) {
      if (isDeaf()) return;
      for (const [path, { tags }] of kept) if (forget({ host: PAGES.host, path, tags })) kept.delete(path);
    },
    wasVisited(agoMs) {
      for (const path of PATHS) fetch(path, clock.monotonicMs() - agoMs);
    },
  };
}

function build({ id, commit, works }: PagesDeployment, path: string): Page | null {
  if (path === '/build.json')
    return {
      body: JSON.stringify({ deployment: id, commit, status: works ? 'healthy' : 'broken' }),
      type: 'application/json',
      tags: ['build'],
    };
  if (path === '/assets/app.js') return { body: `globalThis.build = '${id}';\n`, type: 'text/javascript', tags: ['assets'] };
  const shelf = works ? '<ul><li>Kettle, small</li><li>Lamp, small</li></ul>' : '<p>Uncaught TypeError: product is undefined</p>';
  const head = `<title>The shop</title><meta name="deployment" content="${id}"><script src="/assets/app.js"></script>`;
  return path === '/' ? { body: `<!doctype html>${head}${shelf}\n`, type: 'text/html; charset=utf-8', tags: ['pages'] } : null;
}
