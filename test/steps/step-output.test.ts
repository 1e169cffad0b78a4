import { expect, test } from 'vitest';
import { createRedactor } from '../../src/core/redaction.ts';
import { createStepOutput } from '../../src/steps/step-output.ts';

function record() {
  let shown = '';
  const output = createStepOutput({ redactor: createRedactor([]), emit: (text) => (shown += text) });
  function writes(text: string): void {
    const stream = output.stream();
    stream.write(Buffer.from(text));
    stream.end();
  }
  function ends(): string {
    output.end();
    return shown;
  }
  return { output, writes, ends };
}

test('a line of the step’s own begins on a line of its own where an answer ended without one', () => {
  const { output, writes, ends } = record();
  output.say('GET /health: 200 OK');
  writes('{"hit_rate":0.4}');
  output.say('Question 2: not yet.');
  expect(ends()).toBe('GET /health: 200 OK\n{"hit_rate":0.4}\nQuestion 2: not yet.\n');
});

test('no empty line is put where a program ended its last line', () => {
  const { output, writes, ends } = record();
  writes('done\n');
  output.say('It took a second.');
  expect(ends()).toBe('done\nIt took a second.\n');
});
