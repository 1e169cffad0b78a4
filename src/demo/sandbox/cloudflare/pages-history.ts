import type { Pages, PagesDeployment } from './pages.ts';

export type PagesCommits = { readonly good: string; readonly bad: string; readonly newest: string };

/** Builds the frontend anew, as it came to its trouble: a good build, a preview, one that failed, and the one with the mistake. */
export function rewindPages(pages: Pages, commits: PagesCommits, { newId, now }: { newId: () => string; now: () => string }): void {
  const production = { environment: 'production', branch: 'main', built: true, works: true } as const;
  const builds: readonly Omit<PagesDeployment, 'id' | 'createdOn'>[] = [
    { ...production, commit: commits.good, message: 'Show products with their prices' },
    { ...production, environment: 'preview', branch: 'try-colours', commit: commits.bad, message: 'Try other colours' },
    { ...production, commit: commits.bad, message: 'Show the warmed catalogue', built: false, works: false },
    { ...production, commit: commits.newest, message: 'Show whether a product is available', works: false },
  ];
  pages.deployments.splice(0, Infinity, ...builds.map((build) => ({ ...build, id: newId(), createdOn: now() })));
  pages.canonical = pages.deployments.at(-1) ?? null;
}
