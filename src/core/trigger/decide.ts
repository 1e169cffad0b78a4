import type { Instant, TokenId } from '../brand.ts';
import { sayDuration } from '../duration.ts';
import { sharedRoles } from '../incident/find.ts';
import { reasonSaid } from '../incident/said.ts';
import { sayList } from '../procedure/nearest.ts';
import type { TriggerCommand } from './command.ts';
import { observe } from './decide-observe.ts';
import type { TriggerFact } from './event.ts';
import { gone, watchNow } from './decide-watch.ts';
import { closedGate } from './gates.ts';
import { refuse } from './refusal.ts';
import type { TriggerRefusal } from './refusal.ts';
import { scoreOf } from './score.ts';
import { countdownEndsAt, mayBegin, toContain, watchOf } from './state.ts';
import type { TriggerState, Watch } from './state.ts';

type Decision = readonly TriggerFact[] | TriggerRefusal;
type Of<Kind extends TriggerCommand['kind']> = Extract<TriggerCommand, { kind: Kind }>;

/** The rules of triggers: readings may ask, propose and count down; they start something only where a rule is trusted to. */
export function decide(state: TriggerState, command: TriggerCommand, now: Instant): Decision {
  if (command.kind === 'observe') return observe(state, command, now);
  if (command.kind === 'note-event') return noteEvent(state, command, now);
  if (command.kind === 'watch-now') return watchNow(state, command, now);
  const watch = watchOf(state);
  if (command.kind === 'note-run-ended') return watch ? runEnded(watch, command, now) : [];
  if (!watch) return refuse('no-watch');
  switch (command.kind) {
    case 'note-gone':
      return gone(watch, command);
    case 'note-gates':
      return noteGates(state, watch, command, now);
    case 'note-shown':
      if (watch.ask.is !== 'countdown' || watch.ask.token !== command.token) return refuse('no-longer-asked');
      return watch.ask.shownAt === null ? [{ type: 'countdown-shown', token: command.token }] : [];
    case 'give-up-starting':
      return giveUpStarting(watch, command);
    case 'give-up-showing':
      return giveUpShowing(watch, command, now);
    case 'veto':
      return veto(watch, command);
    case 'call-off':
      return callOff(watch, command);
    case 'start-now':
      return startNow(watch, command);
    case 'note-contained':
      return contain(watch, command);
    case 'give-up-containing':
      return toContain(watch) === null ? refuse('not-due') : [{ type: 'containing-failed', says: command.says }];
    case 'note-started':
      return start(state, watch, command, now);
    default:
      return command satisfies never;
  }
}

/** A report is no reading: it asks people at once, and never starts anything by itself. */
function noteEvent(state: TriggerState, command: Of<'note-event'>, now: Instant): Decision {
  const { rule, by, roles, allowed, says, watch, token } = command;
  if (rule.when.kind !== 'event') return refuse('not-an-event');
  if (by.kind === 'person' && sharedRoles(roles, allowed).length === 0) return refuse('not-in-role', `It needs ${sayList(allowed)}.`);
  if (watchOf(state)) return refuse('reported-already');
  const readings = [{ at: now, value: 1 }];
  const judgement = { verdict: 'fire', reason: 'reported', says, figures: {}, metric: null, readings } as const;
  return [
    { type: 'watch-began', watch, rule, baseline: null, readings: {} },
    { type: 'event-reported', by, says },
    { type: 'watch-judged', judgement },
    ...(rule.mode === 'shadow' ? [] : [{ type: 'proposed', token, why: 'mode', says } as const]),
  ];
}

/** With the gates open a countdown begins, or goes on; with one closed, people are asked instead. */
function noteGates(state: TriggerState, watch: Watch, { gates, token, procedure }: Of<'note-gates'>, now: Instant): Decision {
  const counting = watch.ask.is === 'countdown';
  if (!counting && !mayBegin(watch)) return refuse('not-due');
  const changed = changedSince(watch, procedure);
  if (changed !== null) return [{ type: 'proposed', token, why: 'procedure-changed', says: changed }];
  const closed = closedGate(watch.rule, state, gates, now);
  if (closed) return [{ type: 'proposed', token, why: closed.gate, says: closed.says }];
  return counting || watch.rule.mode === 'auto' ? [] : [countdown(watch, token, procedure)];
}

function countdown({ rule }: Watch, token: TokenId, procedure: string | null): TriggerFact {
  return { type: 'countdown-began', token, ms: rule.countdown, ...(procedure !== null && { procedure }) };
}

/** What is started has to be what people could object to: where that is something else by now, the sentence that says so. */
function changedSince({ ask, rule }: Watch, procedure: string | null): string | null {
  if (ask.is !== 'countdown' || ask.procedure === null || ask.procedure === procedure) return null;
  const now = procedure === null ? 'nobody knows what would be' : `it would be ${procedure}`;
  return `The countdown was for ${ask.procedure}, and ${rule.target} was changed meanwhile: by now ${now}. So a person has to start it.`;
}

/** What nobody could see, nobody could object to. */
function giveUpShowing({ ask, rule }: Watch, { token }: Of<'give-up-showing'>, now: Instant): Decision {
  if (ask.is !== 'countdown' || ask.shownAt !== null || now < ask.at + rule['show-within']) return refuse('not-due');
  const says = `The countdown could not be shown to anybody for ${sayDuration(rule['show-within'])}, so nothing starts by itself.`;
  return [{ type: 'proposed', token, why: 'not-shown', says }];
}

/** It does not start later by itself when the way is free: a person decides. */
function giveUpStarting(watch: Watch, { token, says }: Of<'give-up-starting'>): Decision {
  if (watch.ask.is !== 'countdown' && !mayBegin(watch)) return refuse('not-due');
  return [{ type: 'proposed', token, why: 'could-not-start', says: `It could not start by itself. ${says}` }];
}

function veto({ ask }: Watch, { token, by, reason, roles, allowed }: Of<'veto'>): Decision {
  if (sharedRoles(roles, allowed).length === 0) return refuse('not-in-role', `It needs ${sayList(allowed)}.`);
  if (ask.is === 'started') return refuse('started-already');
  if (ask.is !== 'countdown') return refuse('no-countdown');
  return ask.token === token ? [{ type: 'vetoed', token, by, reason: reasonSaid(reason) }] : refuse('no-longer-asked');
}

/** It stays quiet until all is well again; what was only reported is over at once, because no reading will end it. */
function callOff(watch: Watch, { by, reason, roles, allowed }: Of<'call-off'>): Decision {
  if (sharedRoles(roles, allowed).length === 0) return refuse('not-in-role', `It needs ${sayList(allowed)}.`);
  if (watch.ask.is === 'started') return refuse('started-already');
  if (watch.ask.is === 'called-off') return refuse('called-off-already');
  const calledOff = { type: 'called-off', by, reason: reasonSaid(reason) } as const;
  if (watch.rule.when.kind !== 'event') return [calledOff];
  return [calledOff, { type: 'watch-ended', how: 'called-off', score: 'vetoed' }];
}

function startNow({ id, ask, rule }: Watch, { by, roles, allowed, run, procedure, incident }: Of<'start-now'>): Decision {
  if (sharedRoles(roles, allowed).length === 0) return refuse('not-in-role', `It needs ${sayList(allowed)}.`);
  if (rule.mode === 'shadow') return refuse('shadow-never-starts');
  return ask.is === 'started'
    ? refuse('started-already')
    : [{ type: 'started', watch: id, run, procedure, by, ...(incident && { incident }) }];
}

/** The one way in which something starts by itself; whoever wins the append of this has started it. */
function start(state: TriggerState, watch: Watch, { gates, run, procedure, incident }: Of<'note-started'>, now: Instant): Decision {
  const { ask, rule, judgement } = watch;
  if (ask.is === 'started') return refuse('started-already');
  if (rule.mode === 'shadow') return refuse('shadow-never-starts');
  if (ask.is === 'vetoed' || ask.is === 'called-off') return refuse('objected-to');
  if (rule.mode === 'propose' || rule.when.kind === 'event') return refuse('not-its-mode');
  if (judgement?.verdict !== 'fire') return refuse('not-fired');
  if (ask.is === 'countdown') {
    const end = countdownEndsAt(ask);
    if (end === null || now < end) return refuse('not-due', 'The countdown is not over.');
  } else if (rule.mode === 'countdown' || !mayBegin(watch)) return refuse('not-due');
  const changed = changedSince(watch, procedure);
  if (changed !== null) return refuse('procedure-changed', changed);
  const closed = closedGate(rule, state, gates, now);
  if (closed) return { refusal: closed.gate, says: closed.says };
  return [{ type: 'started', watch: watch.id, run, procedure, by: { kind: 'rollbot' }, ...(incident && { incident }) }];
}

/** It starts once, and whatever it comes to, it restores nothing. */
function contain(watch: Watch, { run, procedure, incident }: Of<'note-contained'>): Decision {
  return toContain(watch) === procedure ? [{ type: 'contained', run, procedure, ...(incident && { incident }) }] : refuse('not-due');
}

/** Its own run begins the cool-down; a verified one that somebody else started says that it was right. */
function runEnded(watch: Watch, { run, outcome, endedAt }: Of<'note-run-ended'>, now: Instant): Decision {
  const { ask, rule, elsewhere, judgement, contained } = watch;
  if (contained !== null && 'run' in contained && contained.run === run) return [];
  if (ask.is !== 'started' || ask.run !== run) {
    // What was over before it began has not helped against it.
    if (outcome !== 'verified' || elsewhere !== null || endedAt < watch.beganAt) return [];
    const noted = { type: 'rolled-back-elsewhere', run } as const;
    if (rule.when.kind !== 'event' || ask.is === 'started') return [noted];
    return [noted, { type: 'watch-ended', how: 'rolled-back', score: scoreOf({ ...watch, elsewhere: run }) }];
  }
  if (ask.ended !== null) return [];
  const until = (now + rule['cool-down']) as Instant;
  const over = judgement?.verdict === 'recovered' || (rule.when.kind === 'event' && outcome === 'verified');
  return [
    { type: 'cooled-down', run, outcome, until },
    ...(over ? [{ type: 'watch-ended', how: 'rolled-back', score: scoreOf(watch) } as const] : []),
  ];
}
