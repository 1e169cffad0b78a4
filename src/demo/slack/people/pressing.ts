import type { Choice, ClickTarget, ElementTarget, Pattern, Receipt } from '../interface.ts';
import { isJson, labelOf, placedElements, type PlacedElement } from '../state/blocks.ts';
import type { User } from '../state/model.ts';
import { acts } from './acting.ts';
import { mustBeActive, type PeopleDesk } from './desk.ts';
import { matches, visibleMessages, visibleViews, type Seen } from './looking.ts';

/** Presses the newest visible button with that label; an open view comes before the messages behind it. */
export async function clicks(desk: PeopleDesk, user: User, label: Pattern, where: ClickTarget = {}): Promise<Receipt> {
  mustBeActive(user);
  const found = elementsInSight(desk, user, where)
    .filter(({ placed }) => placed.element.type === 'button')
    .find(({ placed }) => isLabelled(labelOf(placed.element.text), label));
  if (!found) throw new Error(noButton(desk, user, label, where));
  if (where.confirm === false && isJson(found.placed.element.confirm)) return { acked: true, shown: 'cancelled' };
  return use(desk, user, found);
}

/** Picks something in the newest visible menu or group of that name. */
export async function selects(desk: PeopleDesk, user: User, what: string, choice: Choice, where: ClickTarget = {}): Promise<Receipt> {
  mustBeActive(user);
  const candidates = elementsInSight(desk, user, where).filter(({ placed }) => placed.element.type !== 'button');
  const found = candidates.find(({ placed }) => namesOf(placed).includes(what));
  if (found) return use(desk, user, found, choice);
  const names = candidates.map(({ placed }) => `"${namesOf(placed)[0] ?? ''}"`).join(', ');
  throw new Error(`${user.name} sees nothing called "${what}" to choose from; there are ${names || 'no menus'}.`);
}

/** The names that somebody may call an element by: its label or placeholder, its action_id, its block_id. */
export function namesOf({ block, element, actionId, blockId }: PlacedElement): string[] {
  return [labelOf(block.label), labelOf(element.placeholder), actionId, blockId].filter((name) => name !== '');
}

interface InSight {
  seen: Seen;
  placed: PlacedElement;
}

/** Every element on the screen, those of the newest message or front view first. */
function elementsInSight(desk: PeopleDesk, user: User, where: ClickTarget): InSight[] {
  const views = where.in === undefined || where.in === 'view' || where.in === 'home' ? visibleViews(desk, user) : [];
  const messages = where.in === 'view' || where.in === 'home' ? [] : visibleMessages(desk.workspace, user, where.in).toReversed();
  const { message } = where;
  const wanted = message === undefined ? [...views, ...messages] : messages.filter((seen) => matches(message, seen.sight.text));
  return wanted.flatMap((seen) => {
    const blocks = seen.kind === 'view' ? seen.view.blocks : (seen.message.blocks ?? []);
    const placed = placedElements(blocks).filter(({ blockId }) => where.block === undefined || blockId === where.block);
    return placed.map((element) => ({ seen, placed: element }));
  });
}

function use(desk: PeopleDesk, user: User, { seen, placed }: InSight, choice?: Choice): Promise<Receipt> {
  const { blockId, actionId } = placed;
  const target: ElementTarget =
    seen.kind === 'view'
      ? { view: seen.view.id, blockId, actionId }
      : { message: { channel: seen.channel.id, ts: seen.message.ts }, blockId, actionId };
  if (seen.kind === 'message') desk.expected.add(seen.message);
  return acts(desk, user, target, choice);
}

/** A string is the whole label; a pattern may match a part of it. */
function isLabelled(label: string, wanted: Pattern): boolean {
  return typeof wanted === 'string' ? label === wanted : matches(wanted, label);
}

function noButton(desk: PeopleDesk, user: User, label: Pattern, where: ClickTarget): string {
  const place = where.in ? ` in ${where.in}` : '';
  const about = where.message === undefined ? '' : ` on a message like ${String(where.message)}`;
  const buttons = elementsInSight(desk, user, where).flatMap(({ seen, placed }) =>
    placed.element.type === 'button' ? [`[${labelOf(placed.element.text)}] (${seen.sight.channel || seen.sight.kind})`] : [],
  );
  return `${user.name} sees no button ${String(label)}${place}${about}; there are ${buttons.join(', ') || 'no buttons at all'}.`;
}
