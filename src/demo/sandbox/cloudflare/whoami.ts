import { ACCOUNT, ZONE } from './account.ts';
import type { Serve } from './door.ts';
import { give, giveList } from './envelope.ts';

/** Who the token belongs to and what it may see. */
export function serveWhoami(serve: Serve): void {
  const account = { id: ACCOUNT.id, name: ACCOUNT.name, type: 'standard' };
  serve('GET', '/user', () => give({ ...ACCOUNT.user, two_factor_authentication_enabled: true, suspended: false }));
  serve('GET', '/user/tokens/verify', () => give({ id: 'a1b2c3d4e5f60718293a4b5c6d7e8f90', status: 'active' }));
  serve('GET', '/accounts', () => giveList([account]));
  serve('GET', '/accounts/:account', () => give(account));
  serve('GET', '/memberships', () =>
    giveList([{ id: '5f1e2d3c4b5a69788796a5b4c3d2e1f0', account, roles: ['Administrator'], status: 'accepted' }]),
  );
  serve('GET', '/zones/:zone', () =>
    give({ ...ZONE, status: 'active', paused: false, account, plan: { name: 'Pro Website', legacy_id: 'pro' } }),
  );
}
