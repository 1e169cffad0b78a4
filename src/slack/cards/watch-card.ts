import type { RoleId } from '../../core/brand.ts';
import { sayDuration } from '../../core/duration.ts';
import { sayValue } from '../../core/reading/unit.ts';
import type { Settings } from '../../core/settings.ts';
import { unitOf } from '../../core/trigger/chart.ts';
import type { Judgement } from '../../core/trigger/judgement.ts';
import { judgementNow } from '../../core/trigger/judge.ts';
import { countdownEndsAt } from '../../core/trigger/state.ts';
import type { EndedWatch, Watch } from '../../core/trigger/state.ts';
import { ACTIONS } from '../actions.ts';
import { button, buttons, card, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { literal, safe } from './text.ts';
import { name, SCORES, sayProcedure, VERDICTS } from './trigger-words.ts';
import { alsoBlind, containing } from './watch-notes.ts';
import { call, moment, OUTCOMES, timeOfDay, who } from './words.ts';

export type WatchCardParts = {
  readonly watch: Watch;
  /** How it ended, where it has. */
  readonly ended: Pick<EndedWatch, 'at' | 'how' | 'score'> | null;
  /** What a button would start, where it is known by now; null where nobody knows what that is. */
  readonly procedure?: string | null;
  /** The channel of the run's incident, where it has one. */
  readonly channel: string | null;
  readonly settings: Pick<Settings, 'metrics'>;
  /** Other watches that see nothing of the same metric, and say so here. */
  readonly alsoBlind?: readonly Watch[];
};

/** The live message of a watch. */
export function watchCard(parts: WatchCardParts): Card {
  const { watch, ended } = parts;
  const { rule, beganAt, wroteAt, reported, wanted } = watch;
  const judgement = ended ? watch.judgement : judgementNow(watch);
  const title = titleOf(watch);
  const lead = ended ? sayEnd(ended) : sayVerdict(watch);
  const lines = [
    ...(reported ? [`${reporter(reported.by)} says: ${safe(reported.says, 600)}`] : judgement ? [safe(judgement.says, 600)] : []),
    ...(judgement ? figuresOf(parts, judgement) : []),
  ];
  const next = [
    ...alsoBlind(parts.alsoBlind),
    ...containing(watch),
    ...(ended && !isDecided(watch) ? [] : asked(parts)),
    ...elsewhere(watch),
    ...(ended ? [sayScore(ended)] : []),
  ];
  return card({
    text: `${safe(title)}: ${[lead, ...lines, ...next].join(' · ')}`,
    top: [header(title), section([lead, ...lines].join('\n')), ...(next.length > 0 ? [section(next.join('\n'))] : [])],
    bottom: [
      context(
        [
          `Rule ${name(rule.name)}`,
          `mode ${rule.mode}`,
          `watched since ${moment(beganAt)}${wanted ? ` because ${who(wanted)} wants to see it` : ''}`,
          ...(reported || ended ? [] : [`as of ${timeOfDay(wroteAt)}`]),
        ].join(' · '),
      ),
      ...(ended ? [] : choices(parts)),
    ],
  });
}

/** Calls those who may decide, because the edit of a message calls nobody. */
export function watchCall(
  { watch, procedure }: Pick<WatchCardParts, 'watch' | 'procedure'>,
  roles: readonly RoleId[],
  settings: Settings,
): Card {
  const { ask, rule, reported } = watch;
  const what = sayProcedure(rule, procedure);
  const counting =
    ask.is === 'countdown'
      ? `${what} starts by itself in ${sayDuration(ask.ms)}, unless somebody stops it above.`
      : `Start ${what}? Decide above.`;
  const says = reported ? `${safe(reported.says, 600)} ${NOTHING_BY_ITSELF}` : counting;
  const line = `${call(roles, settings)} *${safe(titleOf(watch))}*: ${says}`;
  return card({ text: line, top: [section(line)] });
}

const NOTHING_BY_ITSELF = 'Nothing restores anything by itself: a person has to start it.';

/** What a watch is about. */
export function titleOf({ rule }: Watch): string {
  return `${rule.title} on ${rule.target}`;
}

function sayVerdict({ judgement, reported }: Watch): string {
  if (reported) return ':rotating_light: *Reported*';
  const { sign, says } = VERDICTS[judgement?.verdict ?? 'holding'];
  return `${sign} *${says}*`;
}

const ENDS = {
  recovered: ':white_check_mark: *Back to normal*',
  'rolled-back': ':white_check_mark: *Rolled back*',
  'called-off': ':no_entry: *Called off*',
  'rule-gone': ':wastebasket: *Over: rollbot.yml has this rule no more*',
  'metric-gone': ':wastebasket: *Over: this rule goes by other metrics now*',
  'nothing-wrong': ':white_check_mark: *Nothing was wrong*',
} as const satisfies Record<EndedWatch['how'], string>;

function sayEnd({ how, at }: Pick<EndedWatch, 'at' | 'how'>): string {
  return `${ENDS[how]} ${moment(at)}`;
}

function sayScore({ score, how }: Pick<EndedWatch, 'score' | 'how'>): string {
  const why = how === 'rule-gone' || how === 'metric-gone' ? 'Nobody knows what would have come of it' : 'It never fired';
  return score === null ? `${why}, so it counts as nothing.` : `It counts as *${SCORES[score]}*.`;
}

function reporter(by: NonNullable<Watch['reported']>['by']): string {
  return by.kind === 'source' ? safe(by.name, 80) : who(by);
}

/** The numbers that it is judged by, in the metric's own unit. */
function figuresOf({ watch: { rule }, settings: { metrics } }: WatchCardParts, judgement: Judgement): readonly string[] {
  if (rule.when.kind === 'event') return [];
  const unit = unitOf(rule.when, metrics);
  const { start, now, slopePerMinute: slope, drop, leftMs } = judgement.figures;
  const say = (value: number): string => sayValue(value, unit);
  const told = [
    ...(start === undefined ? [] : [`${rule.when.kind === 'response-time' ? 'usual' : 'start'} *${say(start)}*`]),
    ...(now === undefined ? [] : [`now *${say(now)}*`]),
    ...(slope === undefined ? [] : [`slope *${signed(slope)}${unit === 'ratio' ? sayPoints(slope) : say(slope)} a minute*`]),
    ...(drop === undefined ? [] : [`${drop < 0 ? 'rise' : 'drop'} *${sayValue(Math.abs(drop), 'ratio')}*`]),
    ...timeLeft(judgement, leftMs),
  ];
  return told.length === 0 ? [] : [told.join(' · ')];
}

function timeLeft({ verdict }: Judgement, leftMs: number | undefined): readonly string[] {
  return leftMs === undefined || leftMs === 0 || verdict !== 'holding' ? [] : [`time left *${sayDuration(leftMs)}*`];
}

function signed(value: number): string {
  return value > 0 ? '+' : '';
}

/** A share that changes does so by points: 1 % more of 7 % would be something else. */
function sayPoints(share: number): string {
  return `${Number((share * 100).toFixed(2))} points`;
}

/** What is asked of people, or what they have made of it. */
function asked({ watch, procedure, channel }: WatchCardParts): readonly string[] {
  const { ask, rule } = watch;
  const what = sayProcedure(rule, procedure);
  switch (ask.is) {
    case 'nothing':
      return [planned(watch)];
    case 'proposed': {
      const why = ask.why === 'mode' || ask.why === 'inconclusive' ? [] : [safe(ask.says, 600)];
      const own = rule.when.kind === 'event' ? [NOTHING_BY_ITSELF] : [];
      return [...why, ...own, procedure === null ? UNKNOWN : `:raised_hand: Start ${what}?`];
    }
    case 'countdown': {
      const end = countdownEndsAt(ask);
      const at = end === null ? `${sayDuration(ask.ms)} after people were called` : timeOfDay(end);
      return [`:hourglass_flowing_sand: ${what} starts by itself ${at}, unless somebody stops it`];
    }
    case 'vetoed':
      return [
        `:octagonal_sign: ${who(ask.by)} stopped the countdown at ${timeOfDay(ask.at)}${because(ask.reason)}. Nothing starts by itself.`,
      ];
    case 'called-off':
      return [`:no_entry: ${who(ask.by)} called it off at ${timeOfDay(ask.at)}${because(ask.reason)}`];
    case 'started': {
      const by = ask.by.kind === 'person' ? who(ask.by) : `The rule ${name(rule.name)}`;
      const where = channel === null ? '' : ` in <#${channel}>`;
      const end = ask.ended && OUTCOMES[ask.ended.outcome];
      return [
        `:arrow_forward: ${by} started ${name(ask.procedure)} at ${timeOfDay(ask.at)}: run ${literal(ask.run)}${where}`,
        ...(end ? [`${end.sign} The run is ${end.says}`] : []),
      ];
    }
    default:
      return ask satisfies never;
  }
}

const UNKNOWN = 'Nobody knows what was changed last, so say it yourself: `/rollback <procedure>`';

/** What becomes of it if it fires, while nobody is asked anything. */
function planned({ rule, firedAt }: Watch): string {
  const what = sayProcedure(rule);
  switch (rule.mode) {
    case 'shadow':
      return firedAt === null
        ? `If it fires, it only says that it would have offered ${what}`
        : `:ghost: It would have offered ${what} at ${timeOfDay(firedAt)}. It is a shadow, so nothing starts and nobody is asked.`;
    case 'propose':
      return `If it fires, people are asked whether to start ${what}`;
    case 'countdown':
      return `If it fires, ${what} starts by itself ${sayDuration(rule.countdown)} after people were called, unless somebody stops it`;
    case 'auto':
      return `If it fires, ${what} starts by itself, up to its first destructive step`;
    default:
      return rule.mode satisfies never;
  }
}

/** What was asked and never answered is no longer of interest once it is over. */
function isDecided({ ask, firedAt, rule }: Watch): boolean {
  return ask.is === 'started' || ask.is === 'vetoed' || ask.is === 'called-off' || (rule.mode === 'shadow' && firedAt !== null);
}

function elsewhere({ elsewhere: run }: Watch): readonly string[] {
  return run === null ? [] : [`:leftwards_arrow_with_hook: Run ${literal(run)} has come back from this, and this rule has not started it`];
}

function because(reason: string | null): string {
  return reason === null ? '' : ` (${safe(reason, 300)})`;
}

function choices({ watch: { ask, rule }, procedure }: WatchCardParts): readonly ReturnType<typeof buttons>[] {
  if (ask.is !== 'proposed' && ask.is !== 'countdown') return [];
  const { token } = ask;
  const confirm = {
    title: 'Roll back now?',
    text: `This starts a rollback on ${rule.target}. Steps that need an approval still ask for it.`,
    yes: 'Roll back',
  };
  const start = procedure === null ? [] : [button(ACTIONS.watchStart, 'Roll back now', token, { style: 'primary', confirm })];
  return [
    ask.is === 'countdown'
      ? buttons(button(ACTIONS.watchVeto, 'Stop the countdown', token, { style: 'danger' }), ...start)
      : buttons(...start, button(ACTIONS.watchCallOff, 'Call it off', token)),
  ];
}
