import { expect, test } from 'vitest';
import { followUpsAfter } from '../../../src/core/incident/follow-ups.ts';
import { pagesAfterIncident } from '../../../src/core/page/of-incident.ts';
import { renderReport, templateOf } from '../../../src/core/report/index.ts';
import { breach } from './journeys.ts';
import type { Leg } from './journey.ts';

/** What has to follow from an override, and is not there. */
function missingAfter({ events, after, command }: Leg): readonly string[] {
  return events.flatMap((event) => {
    if (event.type !== 'approval-overridden') return [];
    const { by, tells } = event;
    const pages = pagesAfterIncident(after, events).flatMap(({ commands }) => commands);
    const reviews = followUpsAfter(after, events)
      .flatMap(({ commands }) => commands)
      .flatMap((each) => (each.kind === 'open' ? each.wanted : []));
    const called = pages.some(
      (each) => each.kind === 'open-page' && each.why === 'override' && each.to.roles.includes(tells) && each.notBy === by.id,
    );
    return [
      ...(command.kind === 'override' && command.by.id === by.id ? [] : ['nobody asked for it']),
      ...(called ? [] : ['nobody else is called']),
      ...(reviews.some(({ owner, notBy }) => owner === tells && notBy === by.id) ? [] : ['nobody has to look at it']),
    ];
  });
}

test("an override is somebody's word, calls another role, and leaves it something to look at", () => {
  expect(breach(({ legs }) => legs.flatMap(missingAfter))).toBeNull();
});

test('every override stands in red in the report', () => {
  expect(
    breach(({ events }) => {
      const overrides = events.filter(({ type }) => type === 'approval-overridden').length;
      if (overrides === 0) return [];
      const { markdown } = renderReport(events, templateOf(events));
      const red = markdown.split('\n').filter((line) => line.includes('🔴 OVERRIDE')).length;
      return markdown.includes('## 🔴 Overridden') && red >= overrides ? [] : [`${overrides} overrides, ${red} of them in red`];
    }),
  ).toBeNull();
});

test('these journeys are worth something: steps do begin by an override', () => {
  const begun = breach(({ legs }) =>
    legs.flatMap(({ events, before }) =>
      events.flatMap((event) =>
        event.type === 'step-intended' && before.status !== 'none' && wasOverridden(before, event.step) ? [event.step] : [],
      ),
    ),
  );
  expect(begun).not.toBeNull();
});

function wasOverridden(before: Exclude<Leg['before'], { status: 'none' }>, id: string): boolean {
  return before.runs.some(({ steps }) =>
    steps.some(({ plan, state }) => plan.id === id && state.status === 'approved' && state.approval.override !== undefined),
  );
}
