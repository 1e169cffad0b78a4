import { expect, test } from 'vitest';
import { membersListed } from '../../../src/core/contact/reachable.ts';
import type { Settings } from '../../../src/core/settings.ts';

const settings: Pick<Settings, 'roles' | 'contacts'> = {
  contacts: { omar: { slack: 'U0OMAR' }, mina: { slack: 'U0MINA' }, phone: { webhook: { to: 'sms', address: '1' } } },
  roles: { 'database-admin': { people: ['U0DANA', 'U0MINA'], contacts: ['mina', 'phone', 'omar', 'nobody'] }, 'product-owner': {} },
};

test.each([
  ['database-admin', ['U0DANA', 'U0MINA', 'U0OMAR']],
  ['product-owner', []],
  ['constructor', []],
])('%s is held by its people and by its contacts in Slack, each once', (role, members) => {
  expect(membersListed(settings, role)).toEqual(members);
});
