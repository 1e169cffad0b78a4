import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  PlainTextElement,
  RichTextBlock,
  SectionBlock,
} from '@slack/types';
import { cutMrkdwn, lengthOf, plain } from './text.ts';

/** A message: `text` says it all for notifications and old clients. */
export type Card = { readonly text: string; readonly blocks: readonly KnownBlock[] };

/** Slack's limits, and how much of them a card of ours takes. */
const SECTION_MAX = 2900;
const CONTEXT_MAX = 1900;
const CODE_MAX = 2900;
const TEXT_MAX = 3900;
const CARD_MAX = 12_500;
const BLOCKS_MAX = 50;

/** A paragraph of mrkdwn whose foreign parts are safe already. */
export function section(mrkdwn: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: cutMrkdwn(mrkdwn, SECTION_MAX) || '…' } };
}

/** Small grey print. */
export function context(mrkdwn: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: cutMrkdwn(mrkdwn, CONTEXT_MAX) || '…' }] };
}

/** A title in big letters. */
export function header(text: string): HeaderBlock {
  return { type: 'header', text: plainText(text, 150) };
}

/** Text that is shown letter by letter; it is no mrkdwn, so nothing in it needs an escape. */
export function code(text: string): RichTextBlock {
  const shown = lengthOf(text) > CODE_MAX ? `${Array.from(text).slice(0, CODE_MAX).join('')}…` : text;
  return { type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: shown || ' ' }] }] };
}

/** A row of buttons. */
export function buttons(...elements: readonly Button[]): ActionsBlock {
  return { type: 'actions', elements: [...elements] };
}

/** What a button asks once more before it is sent; for whatever changes or gives up something. */
export type Confirm = { readonly title: string; readonly text: string; readonly yes: string };

/** A button that carries nothing but an opaque token. */
export function button(
  action: string,
  label: string,
  token: string,
  look: { style?: 'primary' | 'danger'; confirm?: Confirm } = {},
): Button {
  const { style, confirm } = look;
  return {
    type: 'button',
    action_id: action,
    text: plainText(label, 75),
    value: token,
    ...(style && { style }),
    ...(confirm && {
      confirm: {
        title: plainText(confirm.title, 100),
        text: plainText(confirm.text, 300),
        confirm: plainText(confirm.yes, 30),
        deny: plainText('Not yet', 30),
        ...(style && { style }),
      },
    }),
  };
}

/** Plain text of at most `max` code points. */
export function plainText(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: plain(text, max), emoji: true };
}

export type CardParts = {
  readonly text: string;
  readonly top: readonly KnownBlock[];
  /** Lines of mrkdwn of which there may be any number; what does not fit is counted. */
  readonly rows?: readonly string[];
  readonly bottom?: readonly KnownBlock[];
};

/** Puts a card together within Slack's limits; only the rows can grow, so only they are cut. */
export function card({ text, top, rows = [], bottom = [] }: CardParts): Card {
  const room = CARD_MAX - sizeOf([...top, ...bottom]);
  const sections = BLOCKS_MAX - top.length - bottom.length;
  return { text: cutMrkdwn(text, TEXT_MAX).trim() || '…', blocks: [...top, ...packed(rows, room, sections), ...bottom] };
}

/** As many rows to a section as go in. */
function packed(rows: readonly string[], room: number, mostSections: number): readonly SectionBlock[] {
  const sections: string[] = [];
  let left = Math.min(room, mostSections * SECTION_MAX) - 60;
  for (const [index, row] of rows.entries()) {
    const line = cutMrkdwn(row, 600);
    const size = lengthOf(line) + 1;
    const last = sections.at(-1);
    const fits = last !== undefined && lengthOf(last) + size <= SECTION_MAX;
    if (size > left || (!fits && sections.length === mostSections)) {
      sections.push(`_… and ${rows.length - index} more_`);
      break;
    }
    left -= size;
    if (fits) sections[sections.length - 1] = `${last}\n${line}`;
    else sections.push(line);
  }
  return sections.slice(0, mostSections).map(section);
}

/** How much a person would have to read, in code points. */
function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each: unknown) => sum + sizeOf(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, each]) => sum + (key === 'text' && typeof each === 'string' ? lengthOf(each) : sizeOf(each)),
    0,
  );
}
