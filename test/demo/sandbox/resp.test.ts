import { expect, test } from 'vitest';
import { array, assert, integer, nat, property, string } from 'fast-check';
import { readCommands, writeReply } from '../../../src/demo/sandbox/resp.ts';

const Bytes = string({ unit: integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
const Commands = array(array(Bytes, { minLength: 1, maxLength: 5 }), { maxLength: 5 });

test('reads back commands however they are cut on the way', () => {
  assert(
    property(Commands, nat(200), (commands, cut) => {
      const sent = commands.map((words) => writeReply({ kind: 'array', items: words.map((text) => ({ kind: 'bulk', text })) })).join('');
      const first = readCommands(sent.slice(0, cut));
      const second = readCommands(first.rest + sent.slice(cut));
      expect([...first.commands, ...second.commands]).toEqual(commands);
      expect(second.rest).toBe('');
    }),
  );
});

test('reads a command that was typed by hand', () => {
  expect(readCommands('PING  hello\r\n\r\nGET')).toEqual({ commands: [['PING', 'hello']], rest: 'GET' });
});

test.each(['*1\r\n+PING\r\n', '*x\r\n', '*1\r\n$-5\r\n', '*1\r\n$9999999999\r\n'])('refuses %j', (text) => {
  expect(() => readCommands(text)).toThrow('Protocol error');
});
