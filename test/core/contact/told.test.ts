import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../src/core/settings.ts';
import { toldOn } from '../../../src/core/contact/told.ts';
import type { Occasion } from '../../../src/core/contact/told.ts';
import { severityNamed } from '../../../src/core/incident/severities.ts';
import type { IncidentFact, RunPages } from '../../../src/core/incident/event.ts';
import { evolve, INITIAL } from '../../../src/core/incident/evolve.ts';
import type { IncidentState } from '../../../src/core/incident/state.ts';
import { pagesAfterIncident } from '../../../src/core/page/of-incident.ts';
import { BEGINS, dana, opened, role, started, token } from '../../slack/story.ts';

const settings: Pick<Settings, 'tell' | 'severities' | 'paging'> = {
  paging: {},
  severities: { sev1: { title: 'Major incident' }, sev2: { title: 'Part of it is down' } },
  tell: [
    { on: 'run-started', roles: ['lead-developer'], text: 'engineering' },
    { on: 'run-started', procedures: ['cache'], roles: ['lead-developer', 'product-owner'], text: 'impact' },
    { on: 'severity-set', roles: ['customer-success'], text: 'business' },
    { on: 'severity-set', severities: ['sev1'], roles: ['executive-team', 'customer-success'], text: 'impact' },
  ],
};

describe('who has to be told', () => {
  test.each<[occasion: Occasion, ...expected: string[]]>([
    [{ on: 'run-started', procedure: 'emergency' }, 'lead-developer engineering'],
    [{ on: 'run-started', procedure: 'cache' }, 'lead-developer engineering', 'product-owner impact'],
    [{ on: 'severity-set', severity: 'sev2' }, 'customer-success business'],
    [{ on: 'severity-set', severity: 'sev1' }, 'customer-success business', 'executive-team impact'],
  ])('%o', (occasion, ...expected) => {
    expect(toldOn(settings, occasion).map((each) => `${each.role} ${each.text}`)).toEqual(expected);
    expect(toldOn({}, occasion)).toEqual([]);
  });
});

/** The pages that the last fact leads to, each in a line. */
function pages(...facts: readonly IncidentFact[]): readonly string[] {
  const state = facts.reduce<IncidentState>((before, fact) => evolve(before, { ...fact, at: BEGINS }), INITIAL);
  return pagesAfterIncident(state, facts.slice(-1)).flatMap(({ commands }) =>
    commands.flatMap((command) =>
      command.kind === 'open-page' ? [`${command.to.roles.join()}: ${command.summary} | ${command.details}`] : [],
    ),
  );
}

const severity = (id: string, from = settings): IncidentFact => {
  const named = severityNamed(from, id);
  if ('says' in named) throw new Error(named.says);
  return { type: 'severity-set', severity: named, by: dana, token: token('T-severity') };
};

describe('in which words', () => {
  const told: RunPages = {
    told: [role('lead-developer'), role('product-owner'), role('customer-success')],
    approvalAfterMs: 1,
    texts: { 'product-owner': 'impact', 'customer-success': 'business' },
  };

  test('a run that starts is told to each in their own', () => {
    expect(pages(opened, { ...started, pages: told })).toEqual([
      'lead-developer: Cache warming rollback on production has begun | dana has started it: hit rate fell to 12 % after the deploy (run r4t8wz)',
      'product-owner: Cache warming rollback on production has begun | Cache Layer on production, since 14:00 UTC.\nWhat do users notice, how many of them, and what can they not do? Say it in the channel of the incident: /incident note …',
      'customer-success: Cache warming rollback on production has begun | We know of a problem since 14:00 UTC: Cache Layer.\nWe are going back to the last good version.',
    ]);
  });

  test('a severity that is set is told once, and nobody is told again when it gets better', () => {
    expect(pages(opened, severity('sev1'))).toEqual([
      expect.stringMatching(/^customer-success: Major incident: Cache warming rollback on production \| We know of a problem/),
      expect.stringMatching(/^executive-team: Major incident: .*What do users notice/s),
    ]);
    const heard = pagesAfterIncident(
      [opened, severity('sev1')].reduce<IncidentState>((before, fact) => evolve(before, { ...fact, at: BEGINS }), INITIAL),
      [severity('sev1')],
    ).flatMap(({ commands }) =>
      commands.flatMap((command): readonly IncidentFact[] =>
        command.kind === 'open-page'
          ? [
              {
                type: 'page-noted',
                page: command.page,
                note: { is: 'opened', to: command.to, why: command.why, summary: command.summary, about: command.about },
              },
            ]
          : [],
      ),
    );
    expect(pages(opened, severity('sev1'), ...heard, severity('sev2'))).toEqual([]);
  });

  test('without paging, or without rules, nobody is paged', () => {
    expect(pages(opened, severity('sev1', { severities: settings.severities!, tell: settings.tell! }))).toEqual([]);
    expect(pages(opened, severity('sev1', { severities: settings.severities!, paging: {} }))).toEqual([]);
  });
});
