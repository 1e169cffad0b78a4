import { z } from 'zod';
import type { Person, SlackEmulator } from '../slack/index.ts';
import { SABOTAGES } from '../sandbox/sabotage.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

const Name = z.string().min(1).max(80);
const Text = z.string().min(1).max(4000);
const Choice = z.union([z.string().max(4000), z.array(z.string().max(4000)).max(100)]);
const Element = z.strictObject({ blockId: Name, actionId: Name, choice: Choice.optional() });

/** All that a visitor can do, as the page sends it; `as` is the person whom they are being. */
export const Deed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('say'), as: Name, channel: Name, text: Text, thread: Name.optional() }),
  z.strictObject({
    kind: z.literal('act'),
    as: Name,
    on: z.union([z.strictObject({ channel: Name, ts: Name }), z.strictObject({ view: Name })]),
    element: Element,
  }),
  z.strictObject({ kind: z.literal('submit'), as: Name, view: Name, elements: z.array(Element).max(100) }),
  z.strictObject({ kind: z.literal('close'), as: Name }),
  z.strictObject({ kind: z.literal('join'), as: Name, channel: Name }),
  z.strictObject({ kind: z.literal('break') }),
  z.strictObject({ kind: z.literal('sabotage'), name: z.enum(SABOTAGES), on: z.boolean() }),
]);
export type Deed = z.infer<typeof Deed>;

/** What the page is told of a deed: a sentence where there is one, and for a form the mistakes at its fields. */
export type DeedAnswer = { readonly says: string; readonly errors?: Readonly<Record<string, string>> };

export type DeedParts = {
  readonly slack: SlackEmulator;
  readonly sandbox: Pick<Sandbox, 'break' | 'sabotage' | 'relent'>;
};

/** Does it, as the person would in Slack; throws a sentence when they can't. */
export async function perform(deed: Deed, { slack, sandbox }: DeedParts): Promise<DeedAnswer> {
  switch (deed.kind) {
    case 'say':
      return await say(slack.person(deed.as), deed);
    case 'act': {
      const { blockId, actionId, choice } = deed.element;
      const place = 'view' in deed.on ? { view: deed.on.view } : { message: deed.on };
      const { shown } = await slack.person(deed.as).acts({ ...place, blockId, actionId }, choice);
      return { says: shown };
    }
    case 'submit':
      return await submit(slack.person(deed.as), deed);
    case 'close':
      await slack.person(deed.as).closesView();
      return { says: '' };
    case 'join':
      await slack.person(deed.as).joins(deed.channel);
      return { says: '' };
    case 'break':
      await sandbox.break();
      return { says: 'The shop is broken again, as it was at the start.' };
    case 'sabotage':
      await (deed.on ? sandbox.sabotage(deed.name) : sandbox.relent(deed.name));
      return { says: '' };
    default:
      return deed satisfies never;
  }
}

/** What begins with a slash is a command; whatever Slack has to say about it comes with the changes. */
async function say(person: Person, { text, channel, thread }: Extract<Deed, { kind: 'say' }>): Promise<DeedAnswer> {
  if (text.startsWith('/')) await person.types(text, { in: channel });
  else await person.says(text, { in: channel, ...(thread !== undefined && { thread }) });
  return { says: '' };
}

/** A form's fields are kept by the page until it is sent, as Slack's own client does. */
async function submit(person: Person, { view, elements }: Extract<Deed, { kind: 'submit' }>): Promise<DeedAnswer> {
  for (const { blockId, actionId, choice } of elements) await person.acts({ view, blockId, actionId }, choice ?? []);
  const outcome = await person.submits();
  if (outcome.status === 'errors') return { says: '', errors: outcome.errors };
  return { says: outcome.status === 'trouble' ? outcome.shown : '' };
}
