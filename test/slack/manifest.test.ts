import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { validateManifest } from '../../src/demo/slack/schema/index.ts';
import { ENTRIES } from '../../src/slack/entries/table.ts';
import { SCOPES, SCOPES_OF_FEATURES } from './method-scopes.ts';

type Manifest = {
  readonly features: { readonly slash_commands: { command: string }[]; readonly shortcuts: { callback_id: string; type: string }[] };
  readonly oauth_config: { readonly scopes: { readonly bot: string[] } };
  readonly settings: { readonly event_subscriptions: { readonly bot_events: string[] }; readonly socket_mode_enabled: boolean };
};

const manifest = parse(await readFile('manifest.yml', 'utf8')) as Manifest;

async function methodsUsed(): Promise<readonly string[]> {
  const files = await readdir('src/slack', { recursive: true });
  const sources = await Promise.all(
    files.filter((file) => file.endsWith('.ts')).map((file) => readFile(path.join('src/slack', file), 'utf8')),
  );
  const called = sources.flatMap((source) => [...source.matchAll(/\.call\(\s*'([a-zA-Z.]+)'/g)].map(([, method]) => method ?? ''));
  return [...new Set(called)].toSorted();
}

function ids(kind: string): readonly string[] {
  return ENTRIES.filter((entry) => entry.kind === kind)
    .map(({ id }) => id)
    .toSorted();
}

test('Slack takes the manifest', () => {
  expect(validateManifest(manifest)).toEqual([]);
  expect(manifest.settings.socket_mode_enabled).toBe(true);
});

test('it asks for the scopes of what the room calls, and for no others', async () => {
  const used = await methodsUsed();
  expect(
    used.filter((method) => SCOPES[method] === undefined),
    'methods without a line in the table',
  ).toEqual([]);
  expect(
    Object.keys(SCOPES).filter((method) => !used.includes(method)),
    'methods that are never called',
  ).toEqual([]);
  const wanted = [...new Set([...SCOPES_OF_FEATURES, ...used.flatMap((method) => SCOPES[method] ?? [])])];
  expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual(wanted.toSorted());
});

test('it has the commands, shortcuts and events that the room listens to, and no others', () => {
  const { features, settings } = manifest;
  expect(features.slash_commands.map(({ command }) => command).toSorted()).toEqual(ids('command'));
  expect(features.shortcuts.map(({ callback_id: id }) => id).toSorted()).toEqual(ids('shortcut'));
  expect(settings.event_subscriptions.bot_events.toSorted()).toEqual(ids('event'));
});
