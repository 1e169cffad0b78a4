import { isJson, labelOf, optionsOf, text } from '../state/blocks.ts';
import type { Json } from '../state/model.ts';
import type { Workspace } from '../state/workspace.ts';

/** What a person reads of blocks: one line for each thing, buttons as `[Approve]`, menus as `[Pick one ▾]`. */
export function renderBlocks(workspace: Workspace, blocks: readonly Json[]): string {
  return blocks
    .flatMap((block) => renderBlock(workspace, block))
    .filter((line) => line !== '')
    .join('\n');
}

/** What a person reads of Slack's markup: names for ids, no formatting marks, no escapes. */
export function renderMarkup(workspace: Workspace, markup: string): string {
  const named = markup.replace(/<([^<>]*)>/g, (_, inside: string) => renderReference(workspace, inside));
  return unescape(withoutMarks(named));
}

function renderBlock(workspace: Workspace, block: Json): string[] {
  switch (block.type) {
    case 'section':
      return [renderPart(workspace, block.text), ...parts(workspace, block.fields), renderPart(workspace, block.accessory)];
    case 'context':
    case 'actions':
    case 'context_actions':
      return [parts(workspace, block.elements).join(' ')];
    case 'input':
      return [`${labelOf(block.label)}:`, renderPart(workspace, block.element), renderPart(workspace, block.hint)];
    case 'image':
      return [labelOf(block.title) || text(block.alt_text)];
    case 'markdown':
      return [unescape(withoutMarks(text(block.text)))];
    case 'divider':
      return [];
    case 'rich_text':
      return list(block.elements).map((element) => renderRich(workspace, element));
    default:
      return [renderAnything(workspace, block)];
  }
}

function parts(workspace: Workspace, values: unknown): string[] {
  return list(values).map((value) => renderPart(workspace, value));
}

/** A text object or an element. */
function renderPart(workspace: Workspace, value: unknown): string {
  if (!isJson(value)) return '';
  switch (value.type) {
    case 'mrkdwn':
      return renderMarkup(workspace, text(value.text));
    case 'plain_text':
      return text(value.text);
    case 'button':
    case 'workflow_button':
      return `[${labelOf(value.text)}]`;
    case 'image':
      return text(value.alt_text);
    case 'checkboxes':
    case 'radio_buttons':
      return optionsOf(value)
        .map((option) => `( ) ${renderPart(workspace, option.text)}`)
        .join(' ');
    case 'overflow':
      return '[…]';
    case 'plain_text_input':
    case 'rich_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return `[${labelOf(value.placeholder)}_]`;
    default:
      return `[${labelOf(value.placeholder) || text(value.type)} ▾]`;
  }
}

function renderRich(workspace: Workspace, element: Json): string {
  switch (element.type) {
    case 'text':
      return text(element.text);
    case 'link':
      return text(element.text) || text(element.url);
    case 'emoji':
      return `:${text(element.name)}:`;
    case 'user':
      return renderReference(workspace, `@${text(element.user_id)}`);
    case 'channel':
      return renderReference(workspace, `#${text(element.channel_id)}`);
    case 'usergroup':
      return renderReference(workspace, `!subteam^${text(element.usergroup_id)}`);
    case 'broadcast':
      return `@${text(element.range)}`;
    case 'date':
      return text(element.fallback);
    case 'rich_text_list':
      return list(element.elements)
        .map((item) => `• ${renderRich(workspace, item)}`)
        .join('\n');
    default:
      return list(element.elements)
        .map((part) => renderRich(workspace, part))
        .join('');
  }
}

/** Newer kinds of blocks: every text in them, in order. */
function renderAnything(workspace: Workspace, value: Json): string {
  const texts = Object.entries(value).flatMap(([key, part]): string[] => {
    if (key === 'text' || key === 'title' || key === 'subtitle') return [typeof part === 'string' ? part : renderAny(workspace, part)];
    if (key === 'status' && typeof part === 'string') return [`(${part})`];
    return typeof part === 'object' ? [renderAny(workspace, part)] : [];
  });
  return texts.filter((line) => line !== '').join('\n');
}

function renderAny(workspace: Workspace, value: unknown): string {
  if (Array.isArray(value)) return value.map((part) => renderAny(workspace, part)).join(' ');
  if (!isJson(value)) return '';
  if (value.type === 'mrkdwn' || value.type === 'plain_text' || value.type === 'button') return renderPart(workspace, value);
  if (value.type === 'rich_text') return renderBlock(workspace, value).join('\n');
  return renderAnything(workspace, value);
}

/** The inside of `<…>`: a mention, a channel, a group, a date or a link. */
function renderReference(workspace: Workspace, inside: string): string {
  const [target = '', label = ''] = inside.split('|');
  if (target.startsWith('@')) return `@${workspace.users.get(target.slice(1))?.name ?? (label || target.slice(1))}`;
  if (target.startsWith('#')) return `#${workspace.channels.get(target.slice(1))?.name ?? (label || target.slice(1))}`;
  if (target.startsWith('!subteam^')) return `@${workspace.groups.get(target.slice(9))?.handle ?? target.slice(9)}`;
  if (target.startsWith('!date^')) return label;
  if (target.startsWith('!')) return `@${target.slice(1)}`;
  return label || target.replace(/^mailto:/, '');
}

/** Takes the marks for bold, italic, strike and code off; inside code everything stays as it is. */
function withoutMarks(markup: string): string {
  return markup
    .split(/(```[\s\S]*?```|`[^`\n]+`)/)
    .map((piece) =>
      piece.startsWith('`')
        ? piece.replace(/^`+\n?|\n?`+$/g, '')
        : piece.replace(/(^|[\s(,.:;!?"'*_~])([*_~])(?=\S)([^\n]*?\S)\2(?=$|[\s),.:;!?"'*_~])/g, '$1$3'),
    )
    .join('');
}

function unescape(value: string): string {
  return value.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}
