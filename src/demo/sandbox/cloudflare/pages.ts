import { z } from 'zod';
import { EMERGENCY_PAGES, PAGES } from './account.ts';
import { CODES } from './codes.ts';
import type { Call, Serve } from './door.ts';
import { give, giveList, refuse } from './envelope.ts';
import type { Answer, Refusal } from './envelope.ts';

/** One build of the frontend. */
export type PagesDeployment = {
  readonly id: string;
  readonly environment: 'production' | 'preview';
  readonly branch: string;
  readonly commit: string;
  readonly message: string;
  readonly createdOn: string;
  readonly built: boolean;
  /** What its visitors see of it. */
  readonly works: boolean;
  /** Its files by their paths, where they were uploaded. */
  readonly files?: ReadonlyMap<string, Asset>;
};

export type Asset = { readonly body: string; readonly type: string };

/** A project of Pages: its builds, newest last, the one that visitors get, and the hosts under which they get it. */
export type Pages = {
  readonly project: string;
  readonly subdomain: string;
  readonly domains: Set<string>;
  readonly deployments: PagesDeployment[];
  canonical: PagesDeployment | null;
};

/** The frontend's own project, and the one for emergencies. */
export function newProjects(): { readonly site: Pages; readonly emergency: Pages } {
  const empty = { deployments: [], canonical: null };
  return {
    site: { ...empty, ...named(PAGES), domains: new Set([PAGES.host]), deployments: [] },
    emergency: { ...empty, ...named(EMERGENCY_PAGES), domains: new Set(), deployments: [] },
  };
}

function named({ project, subdomain }: { project: string; subdomain: string }): Pick<Pages, 'project' | 'subdomain'> {
  return { project, subdomain };
}

export const PROJECT = '/accounts/:account/pages/projects/:project';

/** What the API says of the projects, going back to a build, and which project has a host: both are not wrangler's. */
export function servePages(serve: Serve, projects: readonly Pages[]): void {
  const on = onProject(projects);
  serve(
    'GET',
    PROJECT,
    on((pages) => give(shownProject(pages))),
  );
  serve(
    'GET',
    `${PROJECT}/deployments`,
    on((pages, { query }) => {
      const wanted = pages.deployments.filter(({ environment }) => query.env === undefined || environment === query.env);
      return giveList(wanted.toReversed().map((each) => shown(pages, each)));
    }),
  );
  serve(
    'GET',
    `${PROJECT}/deployments/:deployment`,
    on((pages, { params }) => {
      const found = find(pages, params.deployment);
      return 'refused' in found ? found : give(shown(pages, found));
    }),
  );
  serve(
    'POST',
    `${PROJECT}/deployments/:deployment/rollback`,
    on((pages, { params }) => rollBack(pages, params.deployment)),
  );
  serve(
    'POST',
    `${PROJECT}/domains`,
    on((pages, { body }) => {
      const { name } = z.object({ name: z.string() }).parse(body);
      if (projects.some(({ domains }) => domains.has(name)))
        return refuse(409, CODES.domainTaken, 'You have already added this custom domain.');
      pages.domains.add(name);
      return give({ name, status: 'active' });
    }),
  );
  serve(
    'DELETE',
    `${PROJECT}/domains/:domain`,
    on((pages, { params }) =>
      pages.domains.delete(params.domain ?? '')
        ? give(null)
        : refuse(404, CODES.noSuchDomain, 'The domain you have specified does not exist.'),
    ),
  );
}

/** Answers only for the projects that there are. */
export function onProject(projects: readonly Pages[]) {
  return (handle: (pages: Pages, call: Call) => Answer | Refusal) =>
    (call: Call): Answer | Refusal => {
      const pages = projects.find(({ project }) => project === call.params.project);
      const says = 'Project not found. The specified project name does not match any of your existing projects.';
      return pages ? handle(pages, call) : refuse(404, CODES.noSuchProject, says);
    };
}

function rollBack(pages: Pages, id: string | undefined): Answer | Refusal {
  const found = find(pages, id);
  if ('refused' in found) return found;
  if (found.environment !== 'production') return refuse(400, CODES.noPagesRollback, 'A preview deployment is no target for a rollback.');
  if (!found.built) return refuse(400, CODES.noPagesRollback, 'Only a deployment that was built successfully is a target for a rollback.');
  pages.canonical = found;
  return give(shown(pages, found));
}

function find({ deployments }: Pages, id: string | undefined): PagesDeployment | Refusal {
  const says = 'The deployment ID you have specified does not exist. Update the deployment ID and try again.';
  return deployments.find((each) => each.id === id) ?? refuse(404, CODES.noSuchPagesDeployment, says);
}

function shownProject(pages: Pages): object {
  const { project, subdomain, domains, deployments, canonical } = pages;
  const newest = deployments.at(-1);
  return {
    id: project,
    name: project,
    subdomain,
    domains: [subdomain, ...domains],
    production_branch: PAGES.branch,
    canonical_deployment: canonical && shown(pages, canonical),
    latest_deployment: newest ? shown(pages, newest) : null,
  };
}

/** A build as the API shows it. */
export function shown({ project, subdomain }: Pages, deployment: PagesDeployment): object {
  const { id, environment, branch, commit, message, createdOn, built } = deployment;
  const stage = { name: built ? 'deploy' : 'build', status: built ? 'success' : 'failure', started_on: createdOn, ended_on: createdOn };
  return {
    id,
    short_id: id.slice(0, 8),
    project_name: project,
    environment,
    url: `https://${id.slice(0, 8)}.${subdomain}`,
    aliases: null,
    created_on: createdOn,
    modified_on: createdOn,
    is_skipped: false,
    latest_stage: stage,
    stages: [stage],
    deployment_trigger: { type: 'github:push', metadata: { branch, commit_hash: commit, commit_message: message, commit_dirty: false } },
  };
}
