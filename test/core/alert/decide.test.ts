import { describe, expect, test } from 'vitest';
import type { AlertFact } from '../../../src/core/alert/event.ts';
import { ALERT } from '../../../src/core/alert/kind.ts';
import { ALERT_REFUSALS } from '../../../src/core/alert/refusal.ts';
import { firingIn, MOST_ALERTS, MOST_MORE } from '../../../src/core/alert/state.ts';
import { alert, DANA, does, JOIN, LEE, minute, MINUTE, play, said, SETTLE, SILENCE } from './scenes.ts';
import type { Played } from './scenes.ts';

/** What turns a group, in order. */
function turns({ facts }: Played): readonly AlertFact['type'][] {
  return facts.map(({ type }) => type).filter((type) => type !== 'alerts-noted');
}

describe('what is said twice is one thing', () => {
  test('an alert by its key, its beginning and what it is', () => {
    const { state } = play(said(0, alert('api', 0)), said(5, alert('api', 0)), said(10, alert('api', 0), alert('web', 9)));
    expect(state).toMatchObject({ status: 'open', episode: { number: 1, fired: 2, resolved: 0, repeats: 2 } });
  });

  test('the group is closed when all are resolved, and not before', () => {
    const begun = [said(0, alert('api', 0), alert('web', 0)), said(5, alert('api', 0, 4), alert('web', 0))];
    expect(play(...begun).state).toMatchObject({ status: 'open', episode: { resolved: 1, closedAt: null } });
    const over = play(...begun, said(9, alert('web', 0, 8)));
    expect(over.state).toMatchObject({ status: 'closed', episode: { fired: 2, resolved: 2, closedAt: minute(9) } });
    expect(turns(over)).toEqual(['group-opened', 'group-closed']);
  });

  test('what is resolved before anybody has heard of it is nothing', () => {
    expect(play(said(0, alert('api', 0, 1)))).toMatchObject({ facts: [], state: { status: 'none' } });
  });

  test('what another replica says too late opens nothing', () => {
    const played = play(said(0, alert('api', 0)), said(1, alert('api', 0, 1)), said(4, alert('api', 0)));
    expect(played.state).toMatchObject({ status: 'closed', episode: { number: 1, repeats: 1 } });
  });

  test('what was resolved because nobody could ask, and is said to fire since the same moment later, fires', () => {
    const played = play(said(0, alert('api', 0)), said(1, alert('api', 0, 1)), said(6, alert('api', 0)));
    expect(played.state).toMatchObject({ status: 'open', episode: { number: 2, token: 'token-6' }, before: { number: 1, fired: 1 } });
  });

  test('the end of an earlier occurrence does not end the one after it', () => {
    const played = play(said(0, alert('api', 0)), said(1, alert('api', 0, 1)), said(6, alert('api', 5)), said(7, alert('api', 0, 1)));
    expect(played.state).toMatchObject({ status: 'open', episode: { number: 2, repeats: 1 } });
  });

  test.each([
    ['since before it was said to have begun', alert('api', 3, 7), true],
    ['since before that, until nobody says when', { ...alert('api', 3, 7), endsAt: null }, true],
    ['and was over before this one began', alert('api', 3, 5), false],
  ])('what has fired %s ends it or not', (_when, end, ends) => {
    const { state } = play(said(6, alert('api', 6)), said(8, end));
    expect(state.status).toBe(ends ? 'closed' : 'open');
  });

  test.each([
    ['the end first', [alert('api', 0, 5), alert('api', 6)]],
    ['the end last', [alert('api', 6), alert('api', 0, 5)]],
    ['without any times, in the order of the notice', [alert('api', 7, 7), alert('api', 7)]],
  ])('what ends and fires again in one breath has done both: %s', (_order, alerts) => {
    const played = play(said(0, alert('api', 0)), said(7, ...alerts, alert('web', 6)));
    expect(turns(played)).toEqual(['group-opened', 'group-closed', 'group-opened']);
    expect(played.state).toMatchObject({
      status: 'open',
      episode: { number: 2, fired: 2, resolved: 0 },
      before: { fired: 1, resolved: 1 },
    });
    const again = play(said(0, alert('api', 0)), said(7, ...alerts, alert('web', 6)), said(8, ...alerts, alert('web', 6)));
    expect(again.state).toMatchObject({ status: 'open', episode: { number: 2 } });
  });

  test('what fires and ends in one breath has done both as well', () => {
    const played = play(said(7, alert('api', 6), alert('api', 6, 7), alert('web', 6)));
    expect(turns(played)).toEqual(['group-opened']);
    expect(played.state).toMatchObject({ status: 'open', episode: { fired: 2, resolved: 1 } });
  });

  test('the same notices again, as after a crash, change nothing but the count of what was known', () => {
    const notices = [said(0, alert('api', 0)), said(1, alert('api', 0, 1)), said(6, alert('api', 5), alert('web', 5))];
    const once = play(...notices).state;
    const twice = play(...notices, ...notices.map((each) => ({ ...each, at: 30 }))).state;
    expect({ ...twice, episode: { ...twice.episode, repeats: 0 } }).toEqual(once);
  });
});

describe('a group of any size', () => {
  const many = Array.from({ length: MOST_ALERTS + MOST_MORE + 7 }, (_, index) => alert(`instance-${index}`, 0));

  test('is remembered one by one up to a hundred, counted after that, and at last only said to be more', () => {
    const { state } = play(said(0, ...many));
    expect([state.alerts.length, firingIn(state), state.overflowed]).toEqual([MOST_ALERTS, MOST_ALERTS + MOST_MORE, true]);
    expect(state.episode.fired).toBe(MOST_ALERTS + MOST_MORE);
    expect(JSON.stringify(state).length).toBeLessThan(200_000);
  });

  test('is closed when those that are known are resolved', () => {
    const resolved = many.map(({ key }) => alert(key, 0, 5));
    const { state } = play(said(0, ...many), said(6, ...resolved.slice(0, 50)), said(7, ...resolved));
    expect([state.status, firingIn(state), state.more]).toEqual(['closed', 0, []]);
  });

  test('makes room for what fires by forgetting what is resolved', () => {
    const first = many.slice(0, MOST_ALERTS);
    const { state } = play(said(0, ...first), said(5, ...first.slice(0, 40).map(({ key }) => alert(key, 0, 4))), said(9, alert('new', 8)));
    expect(state.alerts).toHaveLength(MOST_ALERTS);
    expect(firingIn(state)).toBe(61);
    expect(state.alerts.at(-1)?.key).toBe('new');
  });
});

describe('flapping', () => {
  test('begins after some changes, and from then on a group comes back in the same message', () => {
    const played = play(...flips(12));
    expect(turns(played).filter((type) => type.startsWith('flapping'))).toEqual(['flapping-began']);
    expect(played.state).toMatchObject({ status: 'closed', flapping: true, episode: { number: 3, returns: 3 } });
  });

  test('ends when nothing has changed for long enough, and not before it is down at the lower threshold', () => {
    const { state } = play(...flips(12));
    const due = ALERT.nextDueAt(state)!;
    expect(due - minute(22)).toBeGreaterThan(30 * MINUTE);
    const at = (due - minute(0)) / MINUTE;
    expect(play(...flips(12), does(at - 1, SETTLE)).state.flapping).toBe(true);
    const calm = play(...flips(12), does(at, SETTLE));
    expect(calm.state.flapping).toBe(false);
    expect(ALERT.nextDueAt(calm.state)).toBeNull();
    expect(play(...flips(12), does(at, SETTLE), said(at + 1, alert('api', at + 1))).state.episode.number).toBe(4);
  });

  test('a group that comes back once a day does not flap', () => {
    const day = 24 * 60;
    const played = play(
      ...Array.from({ length: 20 }, (_, index) => [
        said(index * day, alert('api', index * day)),
        said(index * day + 30, alert('api', index * day, index * day + 30)),
      ]).flat(),
    );
    expect(played.state).toMatchObject({ flapping: false, episode: { number: 20 } });
  });
});

describe('silence', () => {
  test('what comes back while it is silenced comes back in the same message', () => {
    const played = play(said(0, alert('api', 0)), does(1, SILENCE), said(10, alert('api', 0, 9)), said(20, alert('api', 19)));
    expect(played.state).toMatchObject({ status: 'open', episode: { number: 1, returns: 1 }, silence: { until: minute(61) } });
    expect(ALERT.nextDueAt(played.state)).toBe(minute(61));
  });

  test('it is over in time, whether anybody has looked or not', () => {
    const played = play(said(0, alert('api', 0)), does(1, SILENCE), said(10, alert('api', 0, 9)), said(62, alert('api', 62)));
    expect(played.state).toMatchObject({ status: 'open', silence: null, episode: { number: 2, returns: 0 } });
  });

  test('it ends by itself', () => {
    const begun = [said(0, alert('api', 0)), does(1, SILENCE)];
    expect(play(...begun, does(60, SETTLE)).state.silence).not.toBeNull();
    const over = play(...begun, does(61, SETTLE), said(70, alert('api', 0, 69)), said(80, alert('api', 79)));
    expect(over.state).toMatchObject({ silence: null, episode: { number: 3 } });
  });
});

describe('what has kept it quiet is over, and it still fires', () => {
  const silenced = [said(0, alert('api', 0)), does(1, JOIN), does(1, SILENCE)] as const;

  test('it goes on in a new message, with its beginning, its counts and its incident', () => {
    const played = play(...silenced, does(61, SETTLE), does(62, SETTLE));
    expect(turns(played).slice(-2)).toEqual(['silence-ended', 'group-raised']);
    expect(played.state).toMatchObject({
      status: 'open',
      episode: { number: 2, token: 'token-settled', openedAt: minute(0), fired: 1 },
      before: { number: 1, closedAt: null },
      incident: { stream: 'incident/k7m2xq' },
    });
  });

  test.each([
    ['also where a notice comes before anybody has looked', [said(70, alert('api', 0))], ['silence-ended', 'group-raised']],
    ['and not where it is resolved by then', [said(70, alert('api', 0, 69))], ['silence-ended', 'group-closed']],
    ['nor where it was resolved before', [said(30, alert('api', 0, 29)), does(61, SETTLE)], ['group-closed', 'silence-ended']],
  ])('%s', (_when, moves, expected) => {
    expect(turns(play(...silenced, ...moves)).slice(-2)).toEqual(expected);
  });

  test('a group that flaps stays quiet, until it fires for so long that it flaps no more', () => {
    const flapping = [...flips(12), said(23, alert('api', 23))];
    const { state } = play(...flapping, does(24, SILENCE), does(140, SETTLE));
    expect(state).toMatchObject({ status: 'open', flapping: false, silence: null, episode: { number: 4 } });
    const still = play(...flapping, does(24, { ...SILENCE, forMs: MINUTE } as never), does(25, SETTLE));
    expect(still.state).toMatchObject({ flapping: true, silence: null, episode: { number: 3 } });
  });

  test('what is held back in a storm stays so', () => {
    const played = play(...silenced, does(2, { kind: 'hold-back', storm: 1 }), does(61, SETTLE));
    expect(turns(played).slice(-2)).toEqual(['held-back', 'silence-ended']);
  });
});

test('an incident belongs to the episode in which it was opened', () => {
  const begun = [said(0, alert('api', 0)), does(1, JOIN)];
  expect(play(...begun).state.incident).toMatchObject({ stream: 'incident/k7m2xq', by: DANA.by });
  expect(play(...begun, said(10, alert('api', 0, 9)), said(20, alert('api', 19))).state.incident).toBeNull();
});

test('every refusal is reached, and changes nothing', () => {
  const open = said(0, alert('api', 0));
  const { refused, facts } = play(
    does(0, SILENCE),
    open,
    does(1, { kind: 'silence', forMs: MINUTE, ...LEE }),
    does(1, { kind: 'join-incident', stream: 'incident/x' as never, ...LEE }),
    does(1, SILENCE),
    does(2, SILENCE),
    does(2, JOIN),
    does(3, JOIN),
    said(80, alert('api', 0, 79)),
    does(81, SILENCE),
  );
  const names = [...refused.map(({ refusal }) => refusal), ALERT.refuseNewer('x').refusal];
  expect(new Set(names)).toEqual(new Set(Object.keys(ALERT_REFUSALS)));
  expect(facts.map(({ type }) => type)).toEqual([
    'alerts-noted',
    'group-opened',
    'group-silenced',
    'incident-joined',
    'silence-ended',
    'alerts-noted',
    'group-closed',
  ]);
});

/** On and off every two minutes. */
function flips(count: number): readonly ReturnType<typeof said>[] {
  return Array.from({ length: count }, (_, index) =>
    said(index * 2, index % 2 === 0 ? alert('api', index * 2) : alert('api', (index - 1) * 2, index * 2)),
  );
}
