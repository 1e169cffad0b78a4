import { globSync, readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';

const SAID = [...readFileSync('docs/log.md', 'utf8').matchAll(/^\| ((?:`[^`]+`(?:, )?)+) +\|/gm)]
  .flatMap(({ 1: cell = '' }) => [...cell.matchAll(/`([^`]+)`/g)])
  .map(({ 1: message = '' }) => message)
  .filter((message) => message !== 'msg');

test('every line of the log stands in docs/log.md, and nothing else', () => {
  const written = globSync('src/**/*.ts').flatMap((file) => messagesIn(file));
  expect(SAID.toSorted()).toEqual([...new Set(written)].toSorted());
});

/** What a file says in the log to be read by people: everything but what is only for debugging. */
function messagesIn(file: string): readonly string[] {
  const found: string[] = [];
  walk(parseSync(file, readFileSync(file, 'utf8')).program, (node) => {
    const { callee, arguments: given } = node as { callee?: Node; arguments?: readonly Node[] };
    if (node['type'] !== 'CallExpression' || !callee || !isLog(callee)) return;
    found.push(...textsOf(given?.at(1)));
  });
  return found;
}

type Node = Readonly<Record<string, unknown>>;

function isLog(callee: Node): boolean {
  const { object, property } = callee as { object?: Node; property?: Node };
  if (callee['type'] !== 'MemberExpression' || !/^(info|warn|error)$/.test(String(property?.['name']))) return false;
  return object?.['name'] === 'log' || (object?.['property'] as Node | undefined)?.['name'] === 'log';
}

function textsOf(node: Node | undefined): readonly string[] {
  if (node?.['type'] === 'ConditionalExpression') return [...textsOf(node['consequent'] as Node), ...textsOf(node['alternate'] as Node)];
  return typeof node?.['value'] === 'string' ? [node['value']] : [];
}

function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) for (const each of node) walk(each, visit);
  else if (typeof node === 'object' && node !== null) {
    visit(node as Node);
    for (const each of Object.values(node)) walk(each, visit);
  }
}
