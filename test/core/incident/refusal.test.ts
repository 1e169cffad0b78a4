import { describe, expect, test } from 'vitest';
import type { Digest, RunId, StepId, TokenId } from '../../../src/core/brand.ts';
import type { Command } from '../../../src/core/incident/command.ts';
import { ITEMS } from '../../../src/core/drill/checklist.ts';
import { REFUSALS } from '../../../src/core/incident/refusal.ts';
import { acting, DECIDERS } from './cast.ts';
import { createStage, RUN, startOf } from './stage.ts';
import {
  AGAIN,
  ANSWER,
  FLUSH,
  GIVE_UP,
  HAPPENED,
  NO,
  OPS,
  RETRY,
  UNDO,
  YES,
  after,
  alive,
  approved,
  asked,
  at,
  begun,
  click,
  close,
  closed,
  concluded,
  denied,
  deniedAfterAnEffect,
  done,
  failed,
  flush,
  intend,
  late,
  lost,
  onFlush,
  onHeld,
  one,
  opening,
  questioned,
  stopped,
  stoppedWhileAsked,
  stoppingWhileAsked,
  unseen,
} from './scenes.ts';
import { asksForChecklist, checklist, drill, silenced } from './drills.ts';
import type { Row } from './scenes.ts';
import { alone } from './override-scenes.ts';
import { hands, notes, rates, reopens, takes, tells, writes } from './record-scenes.ts';

const ROWS: readonly Row[] = [
  ['requester-cannot-approve', 'dana approves what she asked for', click(() => asked({ by: ['lead-developer'] }), 'dana', YES)],
  ['no-override', 'dana goes on alone where rollbot.yml has no way past', alone('dana', { rule: null })],
  ['may-not-override', 'omar, who may not, goes on alone', alone('omar')],
  ['target-not-typed', 'dana types the name of another target', alone('dana', { target: 'staging' })],
  ['override-without-reason', 'dana gives blanks for a reason', alone('dana', { reason: '  ' })],
  ['not-in-role', 'lee, who has no role, approves', click(asked, 'lee', YES)],
  ['not-in-role', 'priya, whose role was not asked, denies', click(asked, 'priya', NO)],
  ['not-in-role', 'lee settles an unknown step', click(() => onFlush(one(begun, lost)), 'lee', HAPPENED)],
  ['not-in-role', 'lee decides about a held run', click(() => onHeld(one(begun, failed, concluded)), 'lee', RETRY)],
  ['not-in-role', 'priya answers what ops was asked', click(questioned, 'priya', ANSWER)],
  ['not-in-role', 'priya stops a run that is not hers', () => [one(), { kind: 'stop-run', run: RUN, reason: null, ...acting('priya') }]],
  ['not-in-role', 'priya closes the incident', () => [one(), close('priya', 'enough')]],
  ['may-not-start', 'priya starts a run', () => [one(), startOf([flush], 'r2' as RunId, 'priya')]],
  [
    'role-has-approved',
    'omar approves for a role for which mina did, where each has to stand for another one',
    click(() => asked({ ...OPS, need: 2, differentRoles: true }), 'omar', YES, ['mina', YES]),
  ],
  [
    'already-approved-by-you',
    'omar approves twice where two are needed',
    click(() => asked({ ...OPS, need: 2 }), 'omar', YES, ['omar', YES]),
  ],
  ['already-approved', 'mina is a moment later than omar', click(asked, 'mina', YES, ['omar', YES])],
  ['already-approved', 'mina denies what omar has approved', click(asked, 'mina', NO, ['omar', YES])],
  ['already-denied', 'mina approves what omar has denied', click(denied, 'mina', YES)],
  ['already-denied', 'omar retries what was denied', click(deniedAfterAnEffect, 'omar', RETRY)],
  ['approval-expired', 'omar approves after a quarter of an hour', click(late, 'omar', YES)],
  ['approval-expired', 'omar denies after a quarter of an hour', click(late, 'omar', NO)],
  [
    'no-longer-asked',
    'omar presses a button that nobody knows',
    () => [one(), { kind: 'approve', token: 'old' as TokenId, ...acting('omar') }],
  ],
  ['no-longer-asked', 'a card that nobody knows is shown', () => [one(), { kind: 'show-approval', token: 'old' as TokenId }]],
  ['no-longer-asked', 'omar kills what is dead', click(() => onFlush(one(begun, lost)), 'omar', { kind: 'kill-orphan' })],
  ['run-finished', 'omar approves in a run that was stopped', click(stoppedWhileAsked, 'omar', YES)],
  [
    'run-finished',
    'a card is shown of a run that was stopped',
    () => after(stoppedWhileAsked(), (token) => ({ kind: 'show-approval', token })),
  ],
  [
    'run-finished',
    'omar stops what is stopped',
    () => [one(stopped, concluded), { kind: 'stop-run', run: RUN, reason: null, ...acting('omar') }],
  ],
  [
    'run-is-stopping',
    'omar stops what is being stopped',
    () => [one(begun, stopped), { kind: 'stop-run', run: RUN, reason: null, ...acting('omar') }],
  ],
  ['run-is-stopping', 'mina approves in a run that is being stopped', click(stoppingWhileAsked, 'mina', YES)],
  ['approval-missing', 'the bot begins before anybody has approved', () => [asked().stage, intend()]],
  [
    'entitlement-unreadable',
    'Slack is silent when the step is about to begin',
    () => [approved(), intend([{ status: 'unreadable', why: 'down' }])],
  ],
  ['entitlement-unreadable', 'nobody was asked about the approver', () => [approved(), intend()]],
  ['already-answered', 'omar answers twice', click(questioned, 'omar', ANSWER, ['mina', ANSWER])],
  ['already-answered', 'omar answers what nobody asked', () => [one(), { ...ANSWER, token: 'old' as TokenId, ...acting('omar') }]],
  ['already-settled', 'mina settles after omar', click(() => onFlush(one(begun, lost)), 'mina', AGAIN, ['omar', HAPPENED])],
  ['already-settled', 'mina settles after omar gave up', click(() => onFlush(one(begun, lost)), 'mina', HAPPENED, ['omar', GIVE_UP])],
  ['still-running', 'omar says it happened while its process lives', click(() => onFlush(one(begun, alive)), 'omar', HAPPENED)],
  ['still-running', 'omar runs it again while its process lives', click(() => onFlush(one(begun, alive)), 'omar', AGAIN)],
  ['not-held', 'omar retries what goes well', () => [one(begun), { ...RETRY, token: 'old' as TokenId, ...acting('omar') }]],
  ['not-held', 'mina retries what omar has retried', click(() => onHeld(one(begun, failed, concluded)), 'mina', RETRY, ['omar', RETRY])],
  ['nothing-to-undo', 'omar undoes a run that has done nothing', click(() => onHeld(one(begun, failed, concluded)), 'omar', UNDO)],
  ['step-busy', 'a second bot begins what the first one does', () => [one(begun), intend()]],
  ['step-busy', 'the bot begins a step of which nobody knows whether it happened', () => [one(begun, lost), intend()]],
  ['not-due', 'the bot begins what has already been done', () => [one(begun, done), intend()]],
  [
    'not-due',
    'an approval is asked for where none is needed',
    () => [one(), { kind: 'request-approval', run: RUN, step: FLUSH, token: 't' as TokenId }],
  ],
  ['not-due', 'an approval expires before its time', () => [asked().stage, { kind: 'expire-approval', run: RUN, step: FLUSH }]],
  ['not-due', 'an approval expires that nobody has seen', () => [unseen(), { kind: 'expire-approval', run: RUN, step: FLUSH }]],
  ['not-due', 'a run is finished that is not', () => [one(begun), { kind: 'hold-or-finish', run: RUN, token: 't' as TokenId }]],
  [
    'not-due',
    'a report is noted of an open incident',
    () => [one(), { kind: 'note-report', file: 'early.md', digest: 'd' as Digest, template: 2 }],
  ],
  [
    'not-due',
    'a check settles a destructive step',
    () => [one(begun, lost), { kind: 'settle-by-check', ...at(), as: 'run-again', says: 'not done' }],
  ],
  ['not-due', 'an orphan ends that there never was', () => [one(begun, lost), { kind: 'note-orphan-ended', ...at() }]],
  ['not-due', 'a process begins before its intent', () => [one(), { kind: 'note-process', ...at(), pgid: 7, processStartedAt: 'then' }]],
  [
    'no-such-run',
    'omar stops a run that there is not',
    () => [one(), { kind: 'stop-run', run: 'r9' as RunId, reason: null, ...acting('omar') }],
  ],
  ['no-such-run', 'a run starts before its incident is open', () => [createStage(), startOf([flush], RUN, 'dana')]],
  ['no-such-step', 'the bot begins a step that there is not', () => [one(), { ...intend(), step: 'wash' as StepId } as Command]],
  ['incident-open-already', 'it is opened twice', () => [one(), opening()]],
  ['incident-closed', 'a run starts after the end', () => [closed(), startOf([flush], 'r2' as RunId, 'dana')]],
  ['incident-closed', 'omar closes it twice', () => [closed(), close('omar', 'again')]],
  ['run-unfinished', 'omar closes it while a step acts', () => [one(begun), close('omar', 'enough')]],
  ['reason-needed', 'omar closes it after a run that was stopped', () => [one(stopped, concluded), close('omar', null)]],
  ['drill-on-protected', 'dana starts a run on production in a drill', () => [drill(), startOf([flush], 'r2' as RunId, 'dana')]],
  ['silent-in-drill', 'omar, who has to stay silent, approves again', click(silenced, 'omar', YES)],
  ['no-drill', 'dana fills in the checklist of what is no drill', () => [one(stopped, concluded), checklist('dana')]],
  [
    'checklist-incomplete',
    'dana leaves a question out',
    () => [drill(stopped, concluded, asksForChecklist), checklist('dana', ITEMS.slice(1))],
  ],
  ['not-in-role', 'lee fills in the checklist', () => [drill(stopped, concluded, asksForChecklist), checklist('lee')]],
  ['no-longer-asked', 'dana fills in the checklist before it was asked for', () => [drill(stopped, concluded), checklist('dana')]],
  ['not-due', 'the checklist is asked for before the end', () => [drill(), { kind: 'ask-checklist', token: 'list' as TokenId }]],
  [
    'not-due',
    'a scorecard is noted of what is no drill',
    () => [closed(), { kind: 'note-scorecard', file: 'a.md', digest: 'd' as Digest }],
  ],
  ['reason-needed', 'omar gives blanks for a reason', () => [one(stopped, concluded), close('omar', '  ')]],
  ['not-in-role', 'priya, who leads nothing, says how bad it is', () => [one(), rates('priya')]],
  ['not-in-role', 'priya takes the command', () => [one(), takes('priya', 'commander')]],
  ['not-in-role', 'lee hands over what he does not have', () => [one(), hands('lee', 'scribe', 'priya')]],
  ['not-in-role', 'lee tells people outside', () => [one(), tells('lee')]],
  ['not-in-role', 'lee writes the root cause', () => [closed(), writes('lee', 'bad luck', null)]],
  ['not-in-role', 'priya opens it again', () => [closed(), reopens('priya', 'it is back')]],
  ['role-held', 'lee takes what priya has', () => [one((stage) => stage.accept(takes('priya', 'scribe'))), takes('lee', 'scribe')]],
  ['nobody-to-hand-over-to', 'dana hands the command to priya', () => [one(), hands('dana', 'commander', 'priya')]],
  ['nothing-said', 'lee says nothing', () => [one(), notes('lee', ' ', 0)]],
  ['nothing-said', 'dana tells business nothing', () => [one(), tells('dana', 'all is well', '')]],
  ['nothing-said', 'omar opens it again without a word', () => [closed(), reopens('omar', ' ')]],
  ['too-much', 'dana never ends', () => [one(), writes('dana', null, null, ...Array.from({ length: 51 }, (_, each) => `thing ${each}`))]],
  ['may-not-open', 'lee, who has no role, opens one', () => [createStage(), { ...opening(), roles: [], mayOpen: DECIDERS } as Command]],
  ['incident-open', 'omar opens again what is open', () => [one(), reopens('omar', 'it is back')]],
  ['incident-closed', 'dana tells people after the end', () => [closed(), tells('dana')]],
  ['no-such-incident', 'lee speaks of nothing', () => [createStage(), notes('lee', 'hello', 0)]],
];

describe('a refusal', () => {
  test.each(ROWS)('%s: %s', (name, _, scene) => {
    const [stage, command] = scene();
    const before = stage.state();
    expect(stage.refused(command)).toBe(name);
    expect(stage.state()).toBe(before);
  });

  test('every name is reached, but for the two that come from the store', () => {
    const names = new Set([...ROWS.map(([name]) => name), 'claim-held', 'written-by-newer']);
    expect(Object.keys(REFUSALS).filter((name) => !names.has(name))).toEqual([]);
  });

  test.each(Object.entries(REFUSALS))('%s says it in whole sentences', (_, says) => {
    expect(says).toMatch(/^[A-Z].*\.$|`\.$/s);
  });

  test('says what becomes of a stale button, and by whom', () => {
    const { stage, token } = denied();
    expect(stage.take(stage.click('mina', token, YES))).toMatchObject({
      says: expect.stringContaining('omar denied it: the cache is cold enough') as string,
    });
    const { stage: other, token: given } = asked();
    other.accept(other.click('omar', given, YES));
    expect(other.take(other.click('mina', given, YES))).toMatchObject({ says: expect.stringContaining('Approved by omar.') as string });
  });
});
