import { ACCOUNT, PAGES } from './account.ts';
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
};

/** The frontend's builds, newest last, and the one that visitors get. */
export type Pages = { readonly deployments: PagesDeployment[]; canonical: PagesDeployment | null };

const PROJECT = '/accounts/:account/pages/projects/:project';

/** The project of the frontend: its builds, and going back to one of them, which is the API's alone. */
export function servePages(serve: Serve, pages: Pages): void {
  serve(
    'GET',
    PROJECT,
    on(() => give(shownProject(pages))),
  );
  serve(
    'GET',
    `${PROJECT}/deployments`,
    on(({ query }) => {
      const wanted = pages.deployments.filter(({ environment }) => query.env === undefined || environment === query.env);
      return giveList(wanted.toReversed().map(shown));
    }),
  );
  serve(
    'GET',
    `${PROJECT}/deployments/:deployment`,
    on(({ params }) => {
      const found = find(pages, params.deployment);
      return 'refused' in found ? found : give(shown(found));
    }),
  );
  serve(
    'POST',
    `${PROJECT}/deployments/:deployment/rollback`,
    on(({ params }) => rollBack(pages, params.deployment)),
  );
}

/** Answers only for the one project that there is. */
function on(handle: (call: Call) => Answer | Refusal) {
  return (call: Call): Answer | Refusal =>
    call.params.project === PAGES.project
      ? handle(call)
      : refuse(404, CODES.noSuchProject, 'Project not found. The specified project name does not match any of your existing projects.');
}

function rollBack(pages: Pages, id: string | undefined): Answer | Refusal {
  const found = find(pages, id);
  if ('refused' in found) return found;
  if (found.environment !== 'production') return refuse(400, CODES.noPagesRollback, 'A preview deployment is no target for a rollback.');
  if (!found.built) return refuse(400, CODES.noPagesRollback, 'Only a deployment that was built successfully is a target for a rollback.');
  pages.canonical = found;
  return give(shown(found));
}

function find({ deployments }: Pages, id: string | undefined): PagesDeployment | Refusal {
  const says = 'The deployment ID you have specified does not exist. Update the deployment ID and try again.';
  return deployments.find((each) => each.id === id) ?? refuse(404, CODES.noSuchPagesDeployment, says);
}

function shownProject({ deployments, canonical }: Pages): object {
  const newest = deployments.at(-1);
  return {
    id: ACCOUNT.id,
    name: PAGES.project,
    subdomain: PAGES.subdomain,
    domains: [PAGES.subdomain, PAGES.host],
    production_branch: PAGES.branch,
    canonical_deployment: canonical && shown(canonical),
    latest_deployment: newest ? shown(newest) : null,
  };
}

function shown({ id, environment, branch, commit, message, createdOn, built }: PagesDeployment): object {
  const stage = { name: built ? 'deploy' : 'build', status: built ? 'success' : 'failure', started_on: createdOn, ended_on: createdOn };
  return {
    id,
    short_id: id.slice(0, 8),
    project_name: PAGES.project,
    environment,
    url: `https://${id.slice(0, 8)}.${PAGES.subdomain}`,
    aliases: null,
    created_on: createdOn,
    modified_on: createdOn,
    is_skipped: false,
    latest_stage: stage,
    stages: [stage],
    deployment_trigger: { type: 'github:push', metadata: { branch, commit_hash: commit, commit_message: message, commit_dirty: false } },
  };
}
