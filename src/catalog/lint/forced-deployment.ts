import type { Rule } from './rule.ts';
import type { Call } from './shell/call.ts';

/** `?force=true` deploys over a warning that secrets have changed. */
export const forcedDeployment: Rule = {
  id: 'forced-deployment',
  about: 'a deployment of a Cloudflare Worker with force=true',
  why: `Cloudflare refuses to deploy an older version when secrets have changed since (code 10220), because the old code then runs with the new secrets, or without one that it needs. "?force=true" deploys all the same, and the version that was to help answers with errors.

Leave "force" out. When the deployment is refused, look which secret has changed, and set it back or decide that the old code can live with it; then say so by "allow".`,
  bad: `steps:
  - id: deploy
    title: Deploy the wanted version
    http:
      url: https://api.cloudflare.com/client/v4/accounts/shop/workers/scripts/shop/deployments?force=true
      method: POST
      headers: { authorization: '\${secrets.api_token}' }
      json: { strategy: percentage, versions: [{ version_id: 1b2c, percentage: 100 }] }
    effect: idempotent
    undo: { none: the version before is deployed by hand }
`,
  good: `steps:
  - id: deploy
    title: Deploy the wanted version
    http:
      url: https://api.cloudflare.com/client/v4/accounts/shop/workers/scripts/shop/deployments
      method: POST
      headers: { authorization: '\${secrets.api_token}' }
      json: { strategy: percentage, versions: [{ version_id: 1b2c, percentage: 100 }] }
    effect: idempotent
    undo: { none: the version before is deployed by hand }
`,
  find: ({ action, shell }) => [
    ...(action.kind === 'http' && FORCED.test(action.url) ? [{ says: SAYS }] : []),
    ...shell.calls.filter(isForced).map(({ at }) => ({ says: SAYS, at })),
  ],
};

const FORCED = /\/deployments\b[^#]*[?&]force=(?:true|1)\b/;
const SAYS = 'Found force=true, which deploys although secrets have changed since; expected none, so that the deployment may be refused.';

function isForced({ name, args }: Call): boolean {
  return name === 'curl' && args.some(({ text }) => FORCED.test(text));
}
