import type { RoleId } from '../../core/brand.ts';
import { sayDuration } from '../../core/duration.ts';
import type { Notice } from '../../core/drill/event.ts';
import { opensUntil } from '../../core/drill/state.ts';
import type { DrillEnd, DrillState, Planned } from '../../core/drill/state.ts';
import type { Settings } from '../../core/settings.ts';
import { ACTIONS } from '../actions.ts';
import { button, buttons, card, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { literal, safe } from './text.ts';
import { call, moment, who } from './words.ts';

export type DrillCardParts = {
  readonly planned: Planned;
  readonly notice: Notice;
  readonly end: DrillEnd | null;
  /** The channel of the drill's incident, where it has one. */
  readonly channel: string | null;
  readonly settings: Settings;
};

/** After so long it counts as late. */
const LATE_MS = 10 * 60_000;

/** Tells people of a drill before it begins; once it is over it says what became of it. */
export function drillCard(parts: DrillCardParts): Card {
  const { planned, notice, end, settings } = parts;
  const { drill } = planned;
  const title = `Drill: ${drill.title}`;
  const lead = end ? sayEnd(end, parts.channel) : `:calendar: *${moment(planned.occurrence.startsAt)}* (${safe(sayTime(planned), 80)})`;
  const lines = [
    `${literal(drill.procedure)} is practised on *${safe(drill.target, 60)}*. Nothing protected is touched.`,
    ...(end ? [] : [sayStart(planned), `Taking part: ${participants(planned, settings)}`, ...late(planned, notice)]),
  ];
  return card({
    text: [safe(title), lead, ...lines].join(' · '),
    top: [header(title), section([lead, ...lines].join('\n'))],
    bottom: [context(`Drill ${literal(drill.name)} · announced ${SAID[notice]}`), ...choices(parts)],
  });
}

const SAID = { 'day-before': 'a day before', 'hour-before': 'an hour before' } as const satisfies Record<Notice, string>;

/** Says that a drill of which people may know did not happen. */
export function missedDrillCard(
  { drill, occurrence }: Planned,
  { says }: Extract<DrillEnd, { how: 'missed' }>,
  next: Planned | null,
): Card {
  const line = `:warning: *Drill: ${safe(drill.title)}* of ${moment(occurrence.startsAt)} did not happen. ${safe(says, 600)}`;
  const again = next ? `The next one is ${moment(next.occurrence.startsAt)}. ` : '';
  const hint = `${again}\`/rollback drill ${drill.name}\` starts one by hand.`;
  return card({ text: `${line} ${hint}`, top: [section(line), context(hint)] });
}

/** `/rollback drill list`: each drill, when it is next, and what became of the last one. */
export function drillsCard(all: readonly { readonly drill: Planned['drill']; readonly state: DrillState }[]): Card {
  const rows = all.map(({ drill, state }) =>
    [
      `*${safe(drill.title)}* ${literal(drill.name)}: ${literal(drill.procedure)} on ${safe(drill.target, 60)}`,
      [
        state.status === 'planned' ? `next ${moment(state.next.occurrence.startsAt)}` : 'not planned yet',
        ...signedUp(state),
        ...last(state),
      ].join(' · '),
    ].join('\n     '),
  );
  const title = `*${all.length} ${all.length === 1 ? 'drill' : 'drills'}*`;
  const hint = '`/rollback drill <name>` starts one now · `/rollback drill sign-up <name>` · `/rollback drill skip <name> <reason>`';
  if (all.length === 0) {
    const none = 'No drill is set up. Drills stand under `drills:` in rollbot.yml.';
    return card({ text: none, top: [section(none)] });
  }
  return card({ text: [title, ...rows].join('; '), top: [section(title)], rows, bottom: [context(hint)] });
}

function signedUp(state: DrillState): readonly string[] {
  const people = state.status === 'planned' ? state.next.signedUp : [];
  return people.length === 0 ? [] : [`signed up: ${people.slice(0, 10).map(who).join(', ')}`];
}

function last(state: DrillState): readonly string[] {
  if (state.status === 'none') return [];
  const { begun, last: before } = state;
  const missed =
    before && before.end.how !== 'started' ? [`the one of ${moment(before.planned.occurrence.startsAt)} was ${before.end.how}`] : [];
  return [...(begun ? [`last begun ${moment(begun.at)} by ${who(begun.by)}`] : ['never begun']), ...missed];
}

function sayTime({ drill: { schedule }, occurrence }: Planned): string {
  return `${occurrence.day} ${schedule.at} ${schedule.zone}`;
}

function sayStart(planned: Planned): string {
  const { drill, occurrence } = planned;
  if (drill.starts === 'itself') return 'It begins by itself.';
  const open = sayDuration(opensUntil(planned) - occurrence.startsAt);
  return `It begins when somebody presses *Start the drill*, from an hour before until ${open} after its time.`;
}

/** Those who have signed up for good are called; so are those who signed up for this one. */
function participants({ drill, signedUp: people }: Planned, settings: Settings): string {
  const roles = (drill.roles ?? []) as RoleId[];
  const ids = [...new Set([...(drill.people ?? []), ...people.map(({ id }) => id)])];
  const named = [...(roles.length > 0 ? [call(roles, settings)] : []), ...ids.slice(0, 20).map((id) => `<@${id}>`)];
  return named.length === 0 ? 'nobody has signed up yet' : named.join(' ');
}

/** What should have been said earlier, and was not, is said now. */
function late({ occurrence, plannedAt, announcedAt }: Planned, notice: Notice): readonly string[] {
  const dueAt = notice === 'day-before' ? occurrence.dayBeforeAt : occurrence.hourBeforeAt;
  const saidAt = announcedAt[notice];
  const wasDown = plannedAt < dueAt && saidAt !== null && saidAt - dueAt > LATE_MS;
  const missed = notice === 'hour-before' && announcedAt['day-before'] === null && plannedAt < occurrence.dayBeforeAt;
  if (missed) return [':warning: Rollbot was down a day before, so this is the first that is said of it.'];
  return wasDown ? [':warning: This comes late, because Rollbot was down.'] : [];
}

function sayEnd(end: DrillEnd, channel: string | null): string {
  switch (end.how) {
    case 'started':
      return `:arrow_forward: ${who(end.by)} started it ${moment(end.at)}${channel === null ? '' : ` in <#${channel}>`}`;
    case 'skipped':
      return `:fast_forward: ${who(end.by)} skipped it: ${safe(end.reason, 600)}`;
    case 'missed':
      return `:warning: It did not happen. ${safe(end.says, 600)}`;
    default:
      return end satisfies never;
  }
}

/** On the newest announcement only, so that there is one place to press. */
function choices({ planned, notice, end }: DrillCardParts): readonly ReturnType<typeof buttons>[] {
  const { drill, token, announcedAt } = planned;
  if (end || (notice === 'day-before' && announcedAt['hour-before'] !== null)) return [];
  const confirm = {
    title: 'Start the drill?',
    text: `${drill.procedure} runs on ${drill.target}, as it would in earnest. Steps that need an approval ask for it.`,
    yes: 'Start the drill',
  };
  const start = notice === 'hour-before' ? [button(ACTIONS.drillStart, 'Start the drill', token, { style: 'primary', confirm })] : [];
  return [buttons(...start, button(ACTIONS.drillSignUp, 'Sign up', token), button(ACTIONS.drillSkip, 'Skip with a reason', token))];
}
