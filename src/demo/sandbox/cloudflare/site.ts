import type { Clock } from '../../../core/ports.ts';
import { PAGES } from './account.ts';
import type { Pages, PagesDeployment } from './pages.ts';

type Page = { readonly body: string; readonly type: string; readonly tags: readonly string[] };
type Kept = Page & { readonly sinceMs: number };

/** Which of the kept copies are to be forgotten. */
export type Forget = (address: { readonly host: string; readonly path: string; readonly tags: readonly string[] }) => boolean;

/** The frontend as its visitors get it: through a cache that keeps what it has, whatever was built since. */
export type Site = {
  /** A copy is kept for each address, and what stands behind a question mark is a part of it. */
  readonly serve: (address: string) => Response;
  readonly purge: (forget: Forget) => void;
  /** Has it keep copies of everything, as if somebody had visited it so long ago. */
  readonly wasVisited: (agoMs: number) => void;
};

const PATHS = ['/', '/build.json', '/assets/app.js'] as const;

export function createSite(projects: readonly Pages[], { clock, isDeaf = () => false }: { clock: Clock; isDeaf?: () => boolean }): Site {
  const kept = new Map<string, Kept>();

  function fetch(address: string, sinceMs: number): Kept | null {
    const page = pageOf(
      projects.find(({ domains }) => domains.has(PAGES.host)),
      pathOf(address),
    );
    if (page) kept.set(address, { ...page, sinceMs });
    return kept.get(address) ?? null;
  }

  return {
    serve(address) {
      const now = clock.monotonicMs();
      const copy = kept.get(address);
      const page = copy ?? fetch(address, now);
      if (!page) return new Response('Not found.\n', { status: 404, headers: { 'cf-cache-status': 'MISS' } });
      const age = copy && { age: String(Math.floor((now - copy.sinceMs) / 1000)) };
      const headers = { 'content-type': page.type, 'cf-cache-status': copy ? 'HIT' : 'MISS', 'cache-control': 'public, s-maxage=14400' };
      return new Response(page.body, { headers: { ...headers, ...age } });
    },
    purge(forget) {
      if (isDeaf()) return;
      for (const [address, { tags }] of kept) if (forget({ host: PAGES.host, path: pathOf(address), tags })) kept.delete(address);
    },
    wasVisited(agoMs) {
      for (const path of PATHS) fetch(path, clock.monotonicMs() - agoMs);
    },
  };
}

/** What Pages itself answers, without any copy. */
export function pageOf(pages: Pages | undefined, path: string): Page | null {
  const build = pages?.canonical;
  if (!build) return null;
  const file = build.files?.get(path === '/' ? '/index.html' : path);
  if (build.files) return file ? { ...file, tags: [] } : null;
  return pageOfHistory(build, path);
}

function pathOf(address: string): string {
  return address.split('?')[0] ?? address;
}

function pageOfHistory({ id, commit, works }: PagesDeployment, path: string): Page | null {
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
