import { MEDIA_NAMES } from '../../core/contact/media.ts';
import { sayTo } from '../../core/page/note.ts';
import { lapsedIn } from '../../core/page/state.ts';
import type { OpenedPage, Page, PageDelivery, Stage } from '../../core/page/state.ts';
import { ACTIONS } from '../actions.ts';
import { button, buttons, card, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { sentence } from './replies.ts';
import { safe } from './text.ts';
import { moment, timeOfDay, who } from './words.ts';

/** The live message of a page: who was called by what, what came of it, and who has it. */
export function pageCard(page: OpenedPage, channel: string | null): Card {
  const lead = sayStanding(page);
  const about = [`*${safe(page.summary, 400)}*`, ...(page.details === '' ? [] : [safe(page.details, 600)])].join('\n');
  return card({
    text: `${mark(page)}Page for ${safe(sayTo(page.to), 200)}: ${safe(page.summary, 400)}. ${lead}`,
    top: [header(`${mark(page)}Page for ${sayTo(page.to)}`), section([about, lead].join('\n\n'))],
    rows: page.stages.map((stage) => rowOf(page, stage)),
    bottom: [context(small(page, channel)), ...choices(page)],
  });
}

/** What stands in the direct messages of somebody who is called. */
export function pageDirectCard(page: OpenedPage, channel: string | null): Card {
  const lead = sayStanding(page);
  const about = [`*${safe(page.summary, 400)}*`, ...(page.details === '' ? [] : [safe(page.details, 600)])].join('\n');
  const call = page.status === 'open' ? 'You are called' : 'You were called';
  return card({
    text: `${mark(page)}${call}: ${safe(page.summary, 400)}. ${lead}`,
    top: [section(`:pager: *${mark(page)}${call}* as ${safe(sayTo(page.to), 200)}\n${about}\n\n${lead}`)],
    bottom: [context(small(page, channel)), ...choices(page)],
  });
}

/** Calls the people of a stage below the card: an edit would notify nobody. It never changes. */
export function pagePing(page: OpenedPage, { people }: Stage): Card {
  const names = people.flatMap(({ person }) => (person === null ? [] : [`<@${person}>`])).slice(0, 20);
  const text = `${mark(page)}${names.join(' ')}: ${safe(page.summary, 400)}`;
  return card({ text, top: [section(text)] });
}

/** Tells whoever has asked for the page what became of it. */
export function pageWord(page: OpenedPage): Card | null {
  if (page.by.kind !== 'person') return null;
  const says = page.acknowledged
    ? `${safe(page.acknowledged.by.name, 80)} has it.`
    : page.silentAt === null
      ? null
      : 'Nobody has answered yet.';
  if (says === null) return null;
  const text = `${mark(page)}<@${page.by.id}>: ${says}`;
  return card({ text, top: [section(text)] });
}

/** `/page list`. */
export function pagesCard(pages: readonly OpenedPage[]): Card {
  if (pages.length === 0) return sentence('No page is open. `/page <role> <what is wanted>` calls somebody.');
  const rows = pages.map((page) =>
    [`*${safe(page.page, 20)}* ${mark(page)}for ${safe(sayTo(page.to), 200)}: ${safe(page.summary, 300)}`, sayStanding(page)].join(
      '\n     ',
    ),
  );
  const title = `*${pages.length} open ${pages.length === 1 ? 'page' : 'pages'}*`;
  return card({ text: [title, ...rows].join('; '), top: [section(title)], rows });
}

function mark({ drill }: Page): string {
  return drill ? 'DRILL: ' : '';
}

function sayStanding(page: OpenedPage): string {
  if (page.status === 'closed') return `:checkered_flag: Over. ${safe(page.closed.says, 200)}`;
  if (page.acknowledged) {
    const { by, at, until } = page.acknowledged;
    const lapses = until === null ? '' : `. The next ones are called at ${timeOfDay(until)} if nothing is decided by then`;
    return `:white_check_mark: *${safe(by.name, 80)} has it* since ${timeOfDay(at)}${lapses}`;
  }
  if (page.silentAt !== null) return `:no_bell: *Nobody has answered.* Everybody was called, and is called again until somebody does`;
  const { stage } = page;
  if (page.renewed !== null && (stage === null || stage.number < page.renewed.stage))
    return ':hourglass_flowing_sand: Calls somebody again now';
  if (stage === null)
    return page.delayMs > 0
      ? ':hourglass_flowing_sand: Calls somebody if nothing happens soon'
      : ':hourglass_flowing_sand: Calls somebody now';
  const names = stage.people.map(({ name }) => safe(name, 80)).join(', ');
  const next = stage.escalated ? 'now' : `at ${timeOfDay(stage.endsAt)}`;
  return `:pager: *Waiting for ${names === '' ? 'somebody who can be called' : names}*. The next ones are called ${next}`;
}

function rowOf(page: OpenedPage, stage: Stage): string {
  const when = `${timeOfDay(stage.beganAt)} ${KINDS[stage.kind]}`;
  const people = stage.people.map(({ contact, name }) => {
    const own = page.deliveries.filter((each) => each.stage === stage.number && each.contact === contact);
    return `*${safe(name, 80)}*: ${own.length === 0 ? 'no way to be reached' : own.map(sayDelivery).join('; ')}`;
  });
  const lapsed = lapsedIn(page, stage);
  const over = [
    ...(stage.escalated ? [`${who(stage.escalated.by)} had the next ones called`] : []),
    ...(lapsed
      ? [`${safe(lapsed.by.name, 80)} ${lapsed.done ? 'has approved, and others are wanted' : 'had it, and nothing was decided'}`]
      : []),
  ];
  return [`• ${when}${people.join(' · ')}`, ...(stage.says === null ? [] : [safe(stage.says, 300)]), ...over].join(' · ');
}

const KINDS = { rung: '', everybody: 'everybody: ', reminder: 'again: ' } as const;

function sayDelivery({ medium, state }: PageDelivery): string {
  const name = MEDIA_NAMES[medium];
  switch (state.status) {
    case 'owed':
    case 'intended':
      return `${name} …`;
    case 'sent':
      return `${name} sent`;
    case 'delivered':
      return `${name} delivered`;
    case 'failed':
      return `${name} :x: ${safe(state.says, 150)}`;
    case 'unknown':
      return `${name} :grey_question: ${safe(state.says, 150)}`;
    default:
      return state satisfies never;
  }
}

function small({ page, by, openedAt, about }: Page, channel: string | null): string {
  const asked = by.kind === 'person' ? `asked for by ${who(by)}` : 'called by Rollbot';
  const where = about.incident === null || channel === null ? [] : [`<#${channel}>`];
  return [`Page ${safe(page, 20)}`, asked, moment(openedAt), ...where].join(' · ');
}

function choices({ token, status, about, stage }: OpenedPage): readonly ReturnType<typeof buttons>[] {
  if (token === null || status === 'closed') return [];
  if (status === 'open') {
    const next = stage?.kind === 'rung' && stage.escalated === null ? [button(ACTIONS.pageEscalate, 'Escalate now', token)] : [];
    return [buttons(button(ACTIONS.pageAck, 'I have it', token, { style: 'primary' }), ...next)];
  }
  return about.run === null ? [buttons(button(ACTIONS.pageEnd, 'It is done', token))] : [];
}
