import * as fc from 'fast-check';
import { describe as suite, expect, test } from 'vitest';

import { describe, validateMessageBlocks } from '../../../../src/demo/slack/schema/index.ts';

const text = (max: number) =>
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((value) => Array.from(value).slice(0, max).join(''));
const plain = (max: number) =>
  fc.record({ type: fc.constant('plain_text'), text: text(max), emoji: fc.boolean() }, { requiredKeys: ['type', 'text'] });
const mrkdwn = (max: number) =>
  fc.record({ type: fc.constant('mrkdwn'), text: text(max), verbatim: fc.boolean() }, { requiredKeys: ['type', 'text'] });
const either = (max: number) => fc.oneof(plain(max), mrkdwn(max));
const confirm = fc.record({ title: plain(100), text: either(300), confirm: plain(30), deny: plain(30) });
const option = fc.record({ text: plain(75), value: text(150), description: plain(75) }, { requiredKeys: ['text', 'value'] });

const button = fc.record(
  { type: fc.constant('button'), text: plain(75), value: text(2000), style: fc.constantFrom('primary', 'danger'), confirm },
  { requiredKeys: ['type', 'text'] },
);

const select = fc.array(option, { minLength: 1, maxLength: 100 }).chain((options) =>
  fc.record(
    {
      type: fc.constant('static_select'),
      options: fc.constant(options),
      initial_option: fc.constantFrom(...options),
      placeholder: plain(150),
    },
    { requiredKeys: ['type', 'options'] },
  ),
);

const image = fc.record({ type: fc.constant('image'), image_url: fc.webUrl(), alt_text: text(2000) });
const actions = fc.record({ type: fc.constant('actions'), elements: fc.array(fc.oneof(button, select), { minLength: 1, maxLength: 25 }) });
const context = fc.record({
  type: fc.constant('context'),
  elements: fc.array(fc.oneof(image, either(3000)), { minLength: 1, maxLength: 10 }),
});
const header = fc.record({ type: fc.constant('header'), text: plain(150) });

const section = fc.record(
  {
    type: fc.constant('section'),
    text: either(3000),
    fields: fc.array(either(2000), { minLength: 1, maxLength: 10 }),
    accessory: fc.oneof(button, select, image),
    expand: fc.boolean(),
  },
  { requiredKeys: ['type', 'text'] },
);

const input = fc.record({
  type: fc.constant('input'),
  label: plain(2000),
  element: fc.oneof(select, fc.record({ type: fc.constant('plain_text_input') })),
});

const style = fc.record({ bold: fc.boolean(), code: fc.boolean() }, { requiredKeys: [] });
const inline = fc.oneof(
  fc.record({ type: fc.constant('text'), text: text(500), style }, { requiredKeys: ['type', 'text'] }),
  fc.record({ type: fc.constant('user'), user_id: text(11) }),
);
const richText = fc.record({
  type: fc.constant('rich_text'),
  elements: fc.array(fc.record({ type: fc.constantFrom('rich_text_section', 'rich_text_quote'), elements: fc.array(inline) })),
});

const task = fc.record(
  {
    type: fc.constant('task_card'),
    task_id: text(20),
    title: text(50),
    status: fc.constantFrom('in_progress', 'complete', 'error'),
    details: richText,
  },
  { requiredKeys: ['type', 'task_id', 'title', 'status'] },
);

const block = fc.oneof(actions, context, header, section, input, richText, task, fc.record({ type: fc.constant('divider') }));
const blocks = fc
  .array(block, { minLength: 1, maxLength: 50 })
  .map((list) => list.map((value, index) => ({ ...value, block_id: `b${index}` })));

suite('whatever is built within the limits', () => {
  test('passes', () => {
    fc.assert(
      fc.property(blocks, (message) => {
        expect(describe(validateMessageBlocks(message))).toEqual([]);
      }),
    );
  });

  test('is refused as soon as one object has a field more', () => {
    fc.assert(
      fc.property(blocks, fc.nat(), (message, seed) => {
        const count = objectsIn(message);
        expect(validateMessageBlocks(changed(message, seed % count, (value) => ({ ...value, surprise: 1 })))).not.toEqual([]);
      }),
    );
  });

  test('is refused as soon as one field is null', () => {
    fc.assert(
      fc.property(blocks, fc.nat(), fc.nat(), (message, seed, key) => {
        const count = objectsIn(message);
        const nulled = changed(message, seed % count, (value) => {
          const keys = Object.keys(value);
          const chosen = keys[key % keys.length];
          return chosen === undefined ? null : { ...value, [chosen]: null };
        });
        expect(validateMessageBlocks(nulled)).not.toEqual([]);
      }),
    );
  });

  test('is answered, never thrown at, whatever JSON comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), block, fc.jsonValue(), (anything, value, junk) => {
        expect(Array.isArray(validateMessageBlocks(anything))).toBe(true);
        expect(Array.isArray(validateMessageBlocks([changed(value, objectsIn(value) - 1, () => junk)]))).toBe(true);
      }),
    );
  });
});

function objectsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value).reduce((sum: number, part: unknown) => sum + objectsIn(part), 0);
  return inside + (Array.isArray(value) ? 0 : 1);
}

/** The same payload with its nth object, counted from outside in, replaced. */
function changed(value: unknown, nth: number, change: (value: object) => unknown): unknown {
  let seen = -1;
  const visit = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return part.map(visit);
    seen += 1;
    if (seen === nth) return change(part);
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(value);
}
