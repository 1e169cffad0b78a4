import { describe, expect, test } from 'vitest';
import type { RoleId } from '../../../src/core/brand.ts';
import { stillWanted } from '../../../src/core/incident/quorum.ts';
import type { Quorum } from '../../../src/core/incident/quorum.ts';
import { pagesAfterIncident } from '../../../src/core/page/of-incident.ts';
import type { Name } from '../incident/cast.ts';
import { step } from '../incident/plans.ts';
import { approve, createStage, RUN, startOf } from '../incident/stage.ts';

const [DBA, OPS, LEAD] = ['database-admin', 'devops-engineer', 'lead-developer'] as RoleId[] as [RoleId, RoleId, RoleId];
type Rule = Quorum & { readonly by: readonly RoleId[] };

/** The roles whose page is open when an approval is asked for and after each of these has given theirs, and who passes one on. */
function open(rule: Rule, ...names: readonly Name[]): readonly string[] {
  const stage = createStage('priya');
  stage.open();
  stage.accept({ ...startOf([step('swap', { approve: rule })], RUN, null), pages: { told: [], approvalAfterMs: 0 } });
  const pages = new Map<string, string>();
  const told: string[] = [];
  let seen = 0;
  function follow(): void {
    const facts = stage.events.slice(seen);
    for (const { stream, commands } of pagesAfterIncident(stage.state(), facts)) {
      const page = stream.slice('page/'.length);
      for (const command of commands) {
        if (command.kind === 'open-page') {
          const { to, why, summary, about } = command;
          pages.set(page, to.roles.join(' or '));
          stage.accept({ kind: 'note-page', page, note: { is: 'opened', to, why, summary, about } });
        } else if (command.kind === 'close-page') {
          told.push(`${pages.get(page)} over: ${command.says}`);
          pages.delete(page);
          stage.accept({ kind: 'note-page', page, note: { is: 'closed', says: command.says } });
        } else if (command.kind === 'pass-on') told.push(`${pages.get(page)} passed on`);
      }
    }
    seen = stage.events.length;
    told.push([...pages.values()].join(', '));
  }
  const token = approve(stage, 'swap');
  follow();
  for (const name of names) {
    stage.accept(stage.click(name, token, { kind: 'approve' }));
    follow();
  }
  return told;
}

test('whoever stands for either of two roles ends the page of neither: nobody else may have the other one', () => {
  const rule = { by: [DBA, OPS], need: 2, differentRoles: true };
  expect(stillWanted({ ...rule, given: [{ roles: [DBA, OPS] }] })).toEqual([DBA, OPS]);
  expect(stillWanted({ ...rule, by: [DBA, OPS, LEAD], need: 3, given: [{ roles: [DBA, OPS] }, { roles: [OPS] }] })).toEqual([LEAD]);
});

describe('the pages of an approval are for what is missing', () => {
  test.each<[string, Rule, readonly Name[], readonly string[]]>([
    [
      'one of two roles',
      { by: [DBA, OPS], need: 1 },
      ['mina'],
      ['database-admin or devops-engineer', 'database-admin or devops-engineer over: It is decided.', ''],
    ],
    [
      'one of each of two roles',
      { by: [DBA, OPS], need: 2, differentRoles: true },
      ['omar', 'mina'],
      [
        'database-admin, devops-engineer',
        'devops-engineer over: omar has approved, and database-admin is waited for.',
        'database-admin passed on',
        'database-admin',
        'database-admin over: It is decided.',
        '',
      ],
    ],
    [
      'two of two roles, whichever',
      { by: [DBA, OPS], need: 2 },
      ['omar', 'mina'],
      [
        'database-admin, devops-engineer',
        'database-admin passed on',
        'devops-engineer passed on',
        'database-admin, devops-engineer',
        'database-admin over: It is decided.',
        'devops-engineer over: It is decided.',
        '',
      ],
    ],
    [
      'two of three roles, each for another one',
      { by: [DBA, OPS, LEAD], need: 2, differentRoles: true },
      ['dana'],
      [
        'database-admin, devops-engineer, lead-developer',
        'lead-developer over: dana has approved, and database-admin or devops-engineer is waited for.',
        'database-admin passed on',
        'devops-engineer passed on',
        'database-admin, devops-engineer',
      ],
    ],
    [
      'three of two roles',
      { by: [DBA, OPS], need: 3 },
      ['mina'],
      ['database-admin, devops-engineer', 'database-admin passed on', 'devops-engineer passed on', 'database-admin, devops-engineer'],
    ],
  ])('%s', (_what, rule, names, expected) => {
    expect(open(rule, ...names)).toEqual(expected);
  });
});
