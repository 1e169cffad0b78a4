import { expect, test } from 'vitest';
import type { Instant } from '../../src/core/brand.ts';
import { dutyData, dutyLines, onCallLines } from '../../src/terminal/say/on-call.ts';
import { pageLines } from '../../src/terminal/say/page.ts';
import { pageData } from '../../src/terminal/say/page-data.ts';
import { taskData, taskLines, taskText } from '../../src/terminal/say/vendor.ts';
import { inTerminal } from '../../src/terminal/say/words.ts';
import { BEGINS, MINUTE } from '../core/page/walk.ts';
import { PLANS } from '../slack/on-call-samples.ts';
import { PAGES_AS_THEY_STAND } from '../slack/page-samples.ts';
import { TASKS_AS_THEY_STAND } from '../slack/vendor-samples.ts';

const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
const json = (data: unknown): string => `${JSON.stringify(data, null, 2)}\n`;

test('how pages stand', async () => {
  const now = (BEGINS + 6 * MINUTE) as Instant;
  await expect(text(PAGES_AS_THEY_STAND.flatMap((page) => pageLines(page, now)))).toMatchFileSnapshot('../golden/cli/pages.txt');
  await expect(json(PAGES_AS_THEY_STAND.slice(0, 2).map(pageData))).toMatchFileSnapshot('../golden/cli/pages.json');
});

test('whom outside somebody has to ask', async () => {
  const lines = TASKS_AS_THEY_STAND.flatMap((task) => [...taskLines(task), ...taskText(task)]);
  await expect(text(lines)).toMatchFileSnapshot('../golden/cli/vendors.txt');
  await expect(json(TASKS_AS_THEY_STAND.slice(0, 1).map(taskData))).toMatchFileSnapshot('../golden/cli/vendors.json');
});

test('who is on call, by the clocks of the rotation', async () => {
  const turns = { people: ['omar', 'mina'], every: 'day', zone: 'America/New_York', at: '09:00', from: '2026-11-02' } as const;
  const settings = {
    roles: {
      'database-admin': { 'on-call': 'databases' },
      'lead-developer': { 'on-call': 'leads' },
      'product-owner': {},
      'executive-team': {},
    },
    rotations: { databases: { ...turns, people: [...turns.people] }, leads: { ...turns, people: [...turns.people] } },
  };
  const lines = [...onCallLines(PLANS, settings), ...PLANS.flatMap((plan) => ['', ...dutyLines(plan, settings)])];
  await expect(text(lines)).toMatchFileSnapshot('../golden/cli/on-call.txt');
  await expect(json(PLANS.slice(0, 1).map(dutyData))).toMatchFileSnapshot('../golden/cli/on-call.json');
});

test.each([
  [
    'There is no such page. `/page list` shows those that are open.',
    'There is no such page. `rollbot page list` shows those that are open.',
  ],
  ['Say what is wanted: `/page mina restore needed`.', 'Say what is wanted: `rollbot page mina restore needed`.'],
  [
    'Write it as `/oncall override <role> <who> to <when>`, or `for 4h` instead of `to`; `/oncall override` opens a form.',
    'Write it as `rollbot oncall override <role> <who> to <when>`, or `for 4h` instead of `to`.',
  ],
  [
    'It is the task of omar (devops-engineer), with what to say and a button to mail it.',
    'It is the task of omar (devops-engineer), with what to say.',
  ],
])('%s', (inSlack, here) => {
  expect(inTerminal(inSlack)).toBe(here);
});
