import type { Tree } from '../../core/procedure/action.ts';
import type { Act } from './act.ts';
import type { Rule } from './rule.ts';
import { sayCall } from './shell/call.ts';
import type { Call } from './shell/call.ts';

/** A purge of everything sends every visitor to the origin. */
export const purgeEverything: Rule = {
  id: 'purge-everything',
  about: 'a content network that is purged as a whole, without an approval',
  why: `After "purge_everything" every object misses, and every visitor is served by the origin at once: the origin that is in trouble already. A purge can't be taken back.

Purge what was wrong, by "tags", "prefixes" or "files". Where everything has to go, do it host by host ("hosts"), and look before whether the origin has room. This is accepted only in a step with "approve", so that somebody has decided it.`,
  bad: `steps:
  - id: purge
    title: Purge the pages
    http:
      url: https://api.cloudflare.com/client/v4/zones/shop/purge_cache
      method: POST
      headers: { authorization: '\${secrets.api_token}' }
      json: { purge_everything: true }
    effect: idempotent
    undo: { none: a purge can't be taken back }
`,
  good: `steps:
  - id: purge
    title: Purge the pages of the shop window
    http:
      url: https://api.cloudflare.com/client/v4/zones/shop/purge_cache
      method: POST
      headers: { authorization: '\${secrets.api_token}' }
      json: { tags: [shop-window] }
    effect: idempotent
    undo: { none: a purge can't be taken back }
`,
  find: (act) => {
    if (act.step?.approve) return [];
    return [
      ...(purges(act) ? [{ says: say('a purge of everything') }] : []),
      ...act.shell.calls.filter(callPurges).map((call) => ({ says: say(`"${sayCall(call)}"`), at: call.at })),
    ];
  },
};

function purges({ action }: Act): boolean {
  if (action.kind !== 'http' || action.method === 'GET') return false;
  return /\/purge_all(?:$|[/?#])/.test(action.url) || (action.json !== undefined && saysEverything(action.json));
}

function saysEverything(json: Tree<string>): boolean {
  if (typeof json !== 'object' || json === null) return false;
  return Object.entries(json).some(([key, value]) => (key === 'purge_everything' && value === true) || saysEverything(value));
}

function callPurges({ name, args }: Call): boolean {
  const texts = args.map(({ text }) => text);
  switch (name) {
    case 'curl':
      return texts.some((text) => /"?purge_everything"?\s*[:=]\s*true|\/purge_all(?:$|[/?#])/.test(text));
    case 'fastly':
      return texts.includes('purge') && texts.includes('--all');
    case 'aws':
      return texts.includes('create-invalidation') && texts.some((text) => text === '/*' || text === '--paths=/*');
    default:
      return false;
  }
}

function say(found: string): string {
  return `Found ${found}, after which the origin serves every visitor; expected a purge by tag, prefix or file, or "approve" beside it.`;
}
