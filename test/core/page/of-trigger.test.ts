import { describe, expect, test } from 'vitest';
import type { RunId, StreamId } from '../../../src/core/brand.ts';
import { pagesAfterTrigger } from '../../../src/core/page/of-trigger.ts';
import type { PinnedRule } from '../../../src/core/trigger/rule.ts';
import { DANA, R1, reported, Stage, T1, trusted } from '../trigger/scenes.ts';

type Deed = (stage: Stage) => unknown;

const INCIDENT = 'incident/i1' as StreamId;
const breaks: Deed = (stage) => stage.breakIt();
const counts: Deed = (stage) => stage.countdown();
const reports: Deed = (stage) => stage.report();
const presses: Deed = (stage) => stage.tell({ kind: 'start-now', run: R1, procedure: 'cache', ...DANA });
const starts: Deed = (stage) => stage.start();
const vetoes: Deed = (stage) => stage.tell({ kind: 'veto', token: T1, ...DANA, reason: null });
const callsOff: Deed = (stage) => stage.tell({ kind: 'call-off', ...DANA, reason: null });
const recovers: Deed = (stage) => stage.read(...Array.from({ length: 16 }, () => 0.01));
const goesBlind: Deed = (stage) =>
  stage.read(0.01, ...Array.from({ length: 14 }, (_, index) => 0.07 + (index % 3) / 500), ...Array.from({ length: 24 }, () => null));
const goesSilent: Deed = (stage) => stage.read(...Array.from({ length: 24 }, () => null));
const couldNot: Deed = (stage) => stage.tell({ kind: 'give-up-starting', token: T1, says: 'The disk is full.' });

const paging = (rule: PinnedRule, page: readonly string[] = ['database-admin']): PinnedRule => ({ ...rule, page: [...page], pages: true });

/** What is said to pages because of the last deed, each in a line. */
function said(rule: PinnedRule, ...deeds: readonly Deed[]): readonly string[] {
  const stage = new Stage(rule);
  for (const deed of deeds.slice(0, -1)) deed(stage);
  const before = stage.facts.length;
  deeds.at(-1)?.(stage);
  return pagesAfterTrigger(stage.state, stage.facts.slice(before)).flatMap(({ commands }) =>
    commands.map((command) => {
      if (command.kind === 'open-page') return `${command.to.roles.join()} ${command.severity}: ${command.summary} | ${command.details}`;
      if (command.kind === 'link-page') return `${command.incident} ${command.run}`;
      return command.kind === 'close-page' ? `over: ${command.says}` : command.kind;
    }),
  );
}

/** How much each opening of the same page wants, deed by deed. */
function rank(rule: PinnedRule, ...deeds: readonly Deed[]): readonly (number | undefined)[] {
  const stage = new Stage(paging(rule));
  return deeds.flatMap((deed) => {
    const before = stage.facts.length;
    deed(stage);
    const commands = pagesAfterTrigger(stage.state, stage.facts.slice(before)).flatMap((change) => change.commands);
    return commands.flatMap((command) => (command.kind === 'open-page' ? [command.rank] : []));
  });
}

describe('who is paged by a rule', () => {
  test.each<[string, PinnedRule, readonly Deed[], readonly (string | RegExp)[]]>([
    ['asks people', trusted('propose'), [breaks], [/^database-admin error: Error rate above 10 % on production \| ./]],
    ['is not sure', trusted('propose'), [goesBlind], [/^database-admin warning: /]],
    ['counts down', trusted('countdown'), [counts], [/critical: .* \| cache starts by itself unless somebody objects\.$/]],
    ['starts by itself', trusted('auto'), [breaks, starts], [/critical: .* \| cache has started by itself \(run r1\)\.$/]],
    ['is told of something', reported(), [reports], [/^database-admin critical: .*Orders of last night are missing/]],
    ['is objected to', trusted('countdown'), [counts, vetoes], ['over: dana has stopped the countdown.']],
    ['is called off', trusted('propose'), [breaks, callsOff], [/^over: dana has called it off\.$/]],
    ['is answered by a start', trusted('propose'), [breaks, presses], ['over: dana has started cache.']],
    ['sees that all is well', trusted('propose'), [breaks, recovers], ['over: It is over: recovered.']],
    ['is only shadowing', trusted('shadow'), [breaks], []],
  ])('that %s', (_what, rule, deeds, expected) => {
    const lines = [...new Set(said(paging(rule), ...deeds))];
    expect(lines).toHaveLength(expected.length);
    for (const [index, each] of expected.entries()) expect(lines[index]).toMatch(each);
    // Without roles, and where rollbot.yml does not say how people are reached, nobody is.
    expect(said(paging(rule, []), ...deeds)).toEqual([]);
    expect(said({ ...rule, page: ['database-admin'] }, ...deeds)).toEqual([]);
  });

  test('each of its roles has one page, and the same one for as long as the watch goes on', () => {
    const stage = new Stage(paging(trusted('countdown'), ['database-admin', 'lead-developer']));
    stage.countdown();
    const opened = pagesAfterTrigger(stage.state, stage.facts);
    stage.tell({ kind: 'veto', token: T1, ...DANA, reason: null });
    const closed = pagesAfterTrigger(stage.state, stage.facts.slice(-1));
    expect(opened).toHaveLength(2);
    expect(new Set(opened.map(({ stream }) => stream)).size).toBe(2);
    expect(closed.map(({ stream }) => stream)).toEqual(opened.map(({ stream }) => stream));
  });

  test('a start in an incident links its page to the run, so that the end of the run is the end of the page', () => {
    const stage = new Stage(paging(trusted('auto')));
    stage.breakIt();
    const started = {
      type: 'started',
      watch: 'w1',
      run: 'r1' as RunId,
      procedure: 'cache',
      by: { kind: 'rollbot' },
      incident: INCIDENT,
    } as const;
    const [change] = pagesAfterTrigger(stage.state, [started]);
    expect(change?.commands).toMatchObject([
      { kind: 'open-page', about: { incident: INCIDENT, run: 'r1' }, why: 'trigger', drill: false, delayMs: 0 },
      { kind: 'link-page', incident: INCIDENT, run: 'r1' },
    ]);
  });

  test('what contains a report has its page be about the incident alone, so that it goes on when that run is over', () => {
    const stage = new Stage(paging(reported()));
    stage.report();
    const contained = { type: 'contained', run: 'r1' as RunId, procedure: 'stock', incident: INCIDENT } as const;
    const [opened] = pagesAfterTrigger(stage.state, stage.facts);
    const [change] = pagesAfterTrigger(stage.state, [contained]);
    expect(change?.commands).toEqual([{ kind: 'link-page', incident: INCIDENT, run: null }]);
    expect(change?.stream).toBe(opened?.stream);
  });

  test('whoever has answered, or has ended it, is called again by more, and not because what was announced happens', () => {
    expect(rank(trusted('propose'), goesBlind)).toEqual([1]);
    expect(rank(trusted('propose'), breaks)).toEqual([2]);
    expect(rank(trusted('countdown'), counts, starts)).toEqual([3]);
    const [counting, unsure] = rank(trusted('countdown'), counts, goesSilent);
    expect([counting, unsure]).toEqual([3, 4]);
    expect(rank(trusted('countdown'), counts, couldNot)).toEqual([3, 5]);
  });

  test('what nobody is called by says nothing', () => {
    expect(pagesAfterTrigger({ status: 'none' }, [])).toEqual([]);
  });
});
