import { z } from 'zod';
import type { Instant } from '../core/brand.ts';

/** What a form carries with it from where it was opened. */
export const FormNote = z.object({
  channel: z.string().nullable(),
  responseUrl: z.string().nullable(),
  token: z.string().optional(),
  procedure: z.string().optional(),
  /** The target whose name has to be typed. */
  target: z.string().optional(),
  /** The group of alerts because of which it was opened, by the token of its buttons. */
  alert: z.string().optional(),
  /** The incident that it is about, by its stream. */
  incident: z.string().optional(),
});
export type FormNote = z.infer<typeof FormNote>;

/** Something that a person did, in our own words: it is kept like this, and read again after a crash. */
export const Incoming = z.object({
  /** The same deed has the same key however often it is delivered. */
  key: z.string(),
  entry: z.string(),
  caller: z.object({ user: z.string(), team: z.string().nullable(), userTeam: z.string().nullable(), app: z.string().nullable() }),
  channel: z.string().nullable(),
  /** What was typed behind a command, or the value of a button or menu. */
  text: z.string(),
  responseUrl: z.string().nullable(),
  trigger: z.string().nullable(),
  /** The message that it is about: of a shortcut, or of a reaction, which does not say what is in it. */
  message: z.object({ channel: z.string(), ts: z.string(), text: z.string().nullable(), user: z.string().nullable() }).nullish(),
  view: z.object({ id: z.string(), note: FormNote, values: z.record(z.string(), z.array(z.string())) }).nullable(),
  at: z.number(),
});
export type Incoming = z.infer<typeof Incoming>;

const Team = z.object({ id: z.string() }).nullish();
const User = z.object({ id: z.string(), team_id: z.string().nullish() });
const Option = z.object({ value: z.string() });
const Element = z.object({
  value: z.string().nullish(),
  selected_option: Option.nullish(),
  selected_options: z.array(Option).nullish(),
  /** In seconds. */
  selected_date_time: z.number().nullish(),
  selected_date: z.string().nullish(),
});
const View = z.object({
  id: z.string(),
  hash: z.string(),
  private_metadata: z.string().nullish(),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), Element)) }).nullish(),
});

const CommandBody = z.object({
  command: z.string(),
  text: z.string().optional(),
  user_id: z.string(),
  team_id: z.string(),
  api_app_id: z.string().nullish(),
  channel_id: z.string(),
  response_url: z.string(),
  trigger_id: z.string(),
});

const Interaction = z.object({ user: User, team: Team, api_app_id: z.string().nullish(), trigger_id: z.string().nullish() });
const ActionBody = Interaction.extend({
  channel: z.object({ id: z.string() }).nullish(),
  container: z.object({ message_ts: z.string().nullish(), view_id: z.string().nullish() }),
  response_url: z.string().nullish(),
  view: View.nullish(),
  actions: z
    .array(z.object({ action_id: z.string(), action_ts: z.string(), value: z.string().nullish(), selected_option: Option.nullish() }))
    .min(1),
});
const ViewBody = Interaction.extend({ view: View.extend({ callback_id: z.string() }) });
const ShortcutBody = Interaction.extend({
  callback_id: z.string(),
  action_ts: z.string(),
  channel: z.object({ id: z.string() }).nullish(),
  message: z.object({ ts: z.string(), text: z.string().nullish(), user: z.string().nullish() }).nullish(),
  response_url: z.string().nullish(),
});
const EventBody = z.object({
  team_id: z.string(),
  api_app_id: z.string().nullish(),
  event_id: z.string(),
  event: z.object({
    type: z.string(),
    user: z.string(),
    tab: z.string().optional(),
    reaction: z.string().optional(),
    item: z.object({ channel: z.string().optional(), ts: z.string().optional() }).optional(),
  }),
});

/** The name of an entry in the table. */
export function entryName(kind: 'command' | 'action' | 'view' | 'shortcut' | 'event', id: string): string {
  return `${kind} ${id}`;
}

/** Reads a slash command. */
export function fromCommand(source: unknown, at: Instant): Incoming {
  const body = CommandBody.parse(source);
  return {
    ...nothing(at),
    key: `command ${body.trigger_id}`,
    entry: entryName('command', body.command),
    caller: { user: body.user_id, team: body.team_id, userTeam: null, app: body.api_app_id ?? null },
    channel: body.channel_id,
    text: (body.text ?? '').trim(),
    responseUrl: body.response_url,
    trigger: body.trigger_id,
  };
}

/** Reads a click on a button or a choice in a menu, in a message or in a form. */
export function fromAction(source: unknown, at: Instant): Incoming {
  const body = ActionBody.parse(source);
  const [action] = body.actions;
  const text = action?.value ?? action?.selected_option?.value ?? '';
  const place = body.container.message_ts ?? body.container.view_id ?? '';
  return {
    ...nothing(at),
    key: ['click', place, action?.action_ts, body.user.id, action?.action_id, text].join(' '),
    entry: entryName('action', action?.action_id ?? ''),
    caller: callerOf(body),
    channel: body.channel?.id ?? null,
    text,
    responseUrl: body.response_url ?? null,
    trigger: body.trigger_id ?? null,
    view: body.view ? readView(body.view) : null,
  };
}

/** Reads a submitted form. */
export function fromView(source: unknown, at: Instant): Incoming {
  const body = ViewBody.parse(source);
  const view = readView(body.view);
  return {
    ...nothing(at),
    key: `view ${body.view.id} ${body.view.hash}`,
    entry: entryName('view', body.view.callback_id),
    caller: callerOf(body),
    channel: view.note.channel,
    responseUrl: view.note.responseUrl,
    view,
  };
}

/** Reads a shortcut, global or of a message. */
export function fromShortcut(source: unknown, at: Instant): Incoming {
  const body = ShortcutBody.parse(source);
  const key = `shortcut ${body.action_ts} ${body.user.id} ${body.callback_id}`;
  const { channel, message } = body;
  return {
    ...nothing(at),
    key,
    entry: entryName('shortcut', body.callback_id),
    caller: callerOf(body),
    channel: channel?.id ?? null,
    responseUrl: body.response_url ?? null,
    trigger: body.trigger_id ?? null,
    message: channel && message ? { channel: channel.id, ts: message.ts, text: message.text ?? null, user: message.user ?? null } : null,
  };
}

/** Reads an event. */
export function fromEvent(source: unknown, at: Instant): Incoming {
  const { event, event_id, team_id, api_app_id } = EventBody.parse(source);
  const caller = { user: event.user, team: team_id, userTeam: null, app: api_app_id ?? null };
  const { channel, ts } = event.item ?? {};
  return {
    ...nothing(at),
    key: `event ${event_id}`,
    entry: entryName('event', event.type),
    caller,
    channel: channel ?? null,
    text: event.tab ?? event.reaction ?? '',
    message: channel !== undefined && ts !== undefined ? { channel, ts, text: null, user: null } : null,
  };
}

function nothing(at: Instant): Incoming {
  const caller = { user: '', team: null, userTeam: null, app: null };
  return { key: '', entry: '', caller, channel: null, text: '', responseUrl: null, trigger: null, message: null, view: null, at };
}

function callerOf({ user, team, api_app_id }: z.infer<typeof Interaction>): Incoming['caller'] {
  return { user: user.id, team: team?.id ?? null, userTeam: user.team_id ?? null, app: api_app_id ?? null };
}

function readView({ id, private_metadata, state }: z.infer<typeof View>): NonNullable<Incoming['view']> {
  const filled = Object.entries(state?.values ?? {}).map(
    ([block, elements]) => [block, Object.values(elements).flatMap(valuesOf)] as const,
  );
  return { id, note: readNote(private_metadata ?? ''), values: Object.fromEntries(filled) };
}

function valuesOf({
  value,
  selected_option,
  selected_options,
  selected_date,
  selected_date_time: moment,
}: z.infer<typeof Element>): readonly string[] {
  const chosen = [...(selected_option ? [selected_option] : []), ...(selected_options ?? [])].map((option) => option.value);
  const typed = [value, selected_date].flatMap((each) => (each === null || each === undefined || each.trim() === '' ? [] : [each]));
  return [...typed, ...chosen, ...(moment == null ? [] : [String(moment)])];
}

function readNote(text: string): FormNote {
  const none = { channel: null, responseUrl: null };
  try {
    return FormNote.catch(none).parse(JSON.parse(text));
  } catch {
    return none;
  }
}
