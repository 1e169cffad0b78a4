import { isRefusal } from '../api/answer.ts';
import { contentOf, type Content } from '../api/content.ts';
import { viewRefusal } from '../methods/views.ts';
import { isJson, placedElements, text } from '../state/blocks.ts';
import type { Json, View } from '../state/model.ts';
import { stackLimit } from '../state/views.ts';
import type { Failure } from '../interface.ts';

/** Why an acknowledgement is no good, for the list of failures: the app itself is told nothing. */
interface BadAck {
  status: 'bad';
  kind: Failure['kind'];
  detail: string;
}

/** What a command's acknowledgement says to the person, or to the channel. */
export type CommandReply = { status: 'silent' } | { status: 'reply'; content: Content; inChannel: boolean } | BadAck;

/** What a submission's acknowledgement makes of the view. */
export type SubmissionReply =
  | { status: 'close' }
  | { status: 'clear' }
  | { status: 'errors'; errors: Record<string, string> }
  | { status: 'update'; view: Json }
  | { status: 'push'; view: Json }
  | BadAck;

export function commandReply(body: unknown): CommandReply {
  if (isEmpty(body)) return { status: 'silent' };
  const args = isJson(body) ? body : { text: String(body) };
  const content = contentOf(args);
  if (isRefusal(content)) return bad('bad-ack', `the reply in the ack was refused: ${content.error}${detailOf(content)}`);
  return { status: 'reply', content, inChannel: args.response_type === 'in_channel' };
}

export function submissionReply(body: unknown, view: View, depth: number): SubmissionReply {
  if (isEmpty(body)) return { status: 'close' };
  if (!isJson(body)) return bad('bad-ack', 'the ack of a submission must be empty or a response_action');
  switch (body.response_action) {
    case 'clear':
      return { status: 'clear' };
    case 'errors':
      return errorsReply(body.errors, view);
    case 'update':
      return viewReply('update', body.view);
    case 'push':
      return depth >= stackLimit ? bad('bad-ack-view', `a stack holds ${stackLimit} views`) : viewReply('push', body.view);
    default:
      return bad('bad-ack', `there is no response_action ${JSON.stringify(body.response_action)}`);
  }
}

/** Errors must name `input` blocks of the view; one wrong name spoils them all. */
function errorsReply(errors: unknown, view: View): SubmissionReply {
  const entries = isJson(errors) ? Object.entries(errors) : [];
  if (entries.length === 0) return bad('bad-ack', 'response_action errors needs at least one error');
  const inputs = new Set(placedElements(view.blocks).flatMap((element) => (element.place === 'input' ? [element.blockId] : [])));
  const unknown = entries.map(([key]) => key).filter((key) => !inputs.has(key));
  if (unknown.length > 0) {
    return bad('unknown-error-key', `${unknown.join(', ')} is no input block; the view has ${[...inputs].join(', ') || 'none'}`);
  }
  return { status: 'errors', errors: Object.fromEntries(entries.map(([key, message]) => [key, text(message)])) };
}

function viewReply(status: 'update' | 'push', view: unknown): SubmissionReply {
  const refusal = viewRefusal(view, 'modal');
  if (refusal) return bad('bad-ack-view', `the view in the ack was refused: ${refusal.error}${detailOf(refusal)}`);
  return isJson(view) ? { status, view } : bad('bad-ack-view', 'the view in the ack is no object');
}

function bad(kind: Failure['kind'], detail: string): BadAck {
  return { status: 'bad', kind, detail };
}

function detailOf(refusal: Json): string {
  const metadata = refusal.response_metadata;
  const messages = isJson(metadata) && Array.isArray(metadata.messages) ? metadata.messages : [];
  return messages.length > 0 ? ` (${messages.join('; ')})` : '';
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === null || body === '' || (isJson(body) && Object.keys(body).length === 0);
}
