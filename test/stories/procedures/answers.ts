import type { Person } from '../../../src/demo/slack/index.ts';

/** Answers one question of the checklist, which may be among others, as soon as it stands there. */
export async function answers(
  person: Person,
  question: RegExp,
  { label = 'Yes', channel }: { label?: string; channel: string },
): Promise<void> {
  const asked = await person.sees(new RegExp(`Verification: [^]*${question.source}[^\\n]*\\n\\s*_?for `), { in: channel, within: 60_000 });
  const blocks: readonly { readonly text?: { readonly text?: string }; readonly block_id?: string; readonly elements?: unknown }[] =
    asked.blocks;
  const place = blocks.findIndex(({ text }) => question.test(text?.text ?? '') && /^_for /m.test(text?.text ?? ''));
  const buttons = blocks[place + 1];
  const elements = Array.isArray(buttons?.elements)
    ? (buttons.elements as readonly { text?: { text?: string }; action_id?: string }[])
    : [];
  const button = elements.find(({ text }) => text?.text === label);
  if (!button) throw new Error(`There is no button ${label} below ${question.source}.`);
  await person.acts({
    message: { channel: asked.channelId, ts: asked.ts },
    blockId: String(buttons?.block_id),
    actionId: String(button.action_id),
  });
}
