import type { Instant } from '../../core/brand.ts';
import { MEDIA_NAMES } from '../../core/contact/media.ts';
import { sayDuration } from '../../core/duration.ts';
import { nameOf } from '../../core/incident/name-of.ts';
import { stagePlan } from '../../core/page/chain.ts';
import type { PinnedChain } from '../../core/page/chain.ts';
import { nextOf } from '../../core/page/due.ts';
import type { PageFact } from '../../core/page/event.ts';
import { noteOf, sayNote, sayTo } from '../../core/page/note.ts';
import { addresseesOf } from '../../core/page/reach.ts';
import { lapsedIn } from '../../core/page/state.ts';
import type { OpenedPage, Page, PageDelivery, Stage } from '../../core/page/state.ts';
import type { Timed } from '../../core/stream-kind.ts';
import { utc } from './words.ts';

/** A page for whoever looks: who was called by what and what came of it, who has it, and what happens next. */
export function pageLines(page: OpenedPage, now: Instant): readonly string[] {
  const { page: id, drill, to, summary, by, openedAt, about, stages } = page;
  const asked = by.kind === 'person' ? `asked for by ${nameOf(by)}` : 'called by Rollbot';
  const where = about.incident === null ? '' : `, in the incident ${about.incident.slice('incident/'.length)}`;
  return [
    `${id}  ${drill ? 'DRILL: ' : ''}Page for ${sayTo(to)}: ${summary}`,
    `  ${asked} at ${utc(openedAt)}${where}`,
    ...stages.map((stage) => `  ${stageLine(page, stage)}`),
    `  ${sayStanding(page, now)}`,
    ...(page.status === 'closed' ? [] : [`  ${choicesOf(page)}`]),
  ];
}

/** What has happened to a page, a line for each thing. */
export function pageNews(page: OpenedPage, events: readonly Timed<PageFact>[]): readonly string[] {
  return events.flatMap((event) => {
    const closed = event.type === 'page-closed' ? [`The page is over. ${event.says}`] : [];
    const says = [...noteOf(page, event).flatMap((note) => sayNote(note) ?? []), ...closed];
    return says.map((each) => `${utc(event.at)} ${each}`);
  });
}

function stageLine(page: OpenedPage, stage: Stage): string {
  const { number, kind, people, says, beganAt, escalated } = stage;
  const lapsed = lapsedIn(page, stage);
  const called = people.map(({ contact, name }) => {
    const own = page.deliveries.filter((each) => each.stage === number && each.contact === contact);
    return `${name}: ${own.length === 0 ? 'no way to be reached' : own.map(sayDelivery).join('; ')}`;
  });
  const over = [
    ...(escalated ? [`${nameOf(escalated.by)} had the next ones called`] : []),
    ...(lapsed ? [`${lapsed.by.name} ${lapsed.done ? 'has approved, and others are wanted' : 'had it, and nothing was decided'}`] : []),
  ];
  return `${timeOfDay(beganAt)} ${KINDS[kind]}${[...called, ...(says === null ? [] : [says]), ...over].join(' · ')}`;
}

const KINDS = { rung: '', everybody: 'everybody: ', reminder: 'again: ' } as const;

function sayDelivery({ medium, state }: PageDelivery): string {
  const name = MEDIA_NAMES[medium];
  switch (state.status) {
    case 'owed':
    case 'intended':
      return `${name} …`;
    case 'sent':
    case 'delivered':
      return `${name} ${state.status}`;
    case 'failed':
    case 'unknown': {
      const again = state.againAt === null ? '' : `, again at ${timeOfDay(state.againAt)}`;
      return `${name} ${state.status}: ${state.says.replace(/\.$/, '')}${again}`;
    }
    default:
      return state satisfies never;
  }
}

function sayStanding(page: OpenedPage, now: Instant): string {
  if (page.status === 'closed') return `Over. ${page.closed.says}`;
  if (page.acknowledged) {
    const { by, at, until } = page.acknowledged;
    const lapses = until === null ? '.' : `; the next ones are called at ${timeOfDay(until)} if nothing is decided by then.`;
    return `${by.name} has it since ${timeOfDay(at)}${lapses}`;
  }
  const names = page.stage?.people.map(({ name }) => name).join(', ') ?? '';
  const waits = page.silentAt !== null ? 'Nobody has answered. ' : names === '' ? '' : `Waiting for ${names}. `;
  return `${waits}${sayNext(page, now)}`;
}

/** What the chain does if nobody answers. */
function sayNext(page: OpenedPage, now: Instant): string {
  const next = nextOf(page);
  if (next === null) return 'Nobody else is called.';
  const { at, effect } = next;
  const when = at <= now ? 'now' : `at ${timeOfDay(at)} (in ${sayDuration(at - now)})`;
  switch (effect.do) {
    case 'begin-stage':
      return `${whoNext(page, effect.stage)} called ${when}.`;
    case 'fall-silent':
      return `Everybody is called; if nobody answers, they are called again from ${timeOfDay(at)} on.`;
    case 'close':
      return `It is given up ${when}.`;
    default:
      return `${whoNext(page, 0)} called now.`;
  }
}

function whoNext(page: Page, stage: number): string {
  const { chain, renewed, to } = page;
  if (chain === null) return `${sayTo(to)} is`;
  const plan = stagePlan({ chain, renewed }, stage);
  const names = sayTo(addresseesOf(plan, to));
  if (plan.kind !== 'rung') return `Everybody of ${names} is`;
  return isFirstOf(chain, stage - (renewed?.stage ?? 0)) || plan.rung.to !== null || to.roles.length === 0
    ? `${names} is`
    : `The next one of ${names} is`;
}

function isFirstOf({ rungs }: PinnedChain, stage: number): boolean {
  return stage % rungs.length === 0;
}

/** What to type about it. */
function choicesOf({ page, status, about, stage }: OpenedPage): string {
  const next = status === 'open' && stage?.kind === 'rung' && stage.escalated === null;
  const over = status === 'acknowledged' && about.run === null;
  const words = [...(status === 'open' ? ['ack'] : []), ...(next ? ['escalate'] : []), ...(over ? ['done'] : [])];
  return words.length === 0 ? 'It ends when what it is about is over.' : `rollbot page ${words.join('|')} ${page}`;
}

function timeOfDay(at: Instant): string {
  return utc(at).slice(11);
}
