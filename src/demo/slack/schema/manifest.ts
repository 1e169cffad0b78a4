import type { SchemaError } from './error.ts';
import { inspect } from './inspect.ts';
import { isRecord, recordsIn } from './record.ts';
import type { Fields } from './record.ts';
import { EVENT_SCOPES, MANIFEST } from './tables/manifest.ts';

/** What is wrong with an app's manifest, as `apps.manifest.validate` says it. */
export type ManifestError = Pick<SchemaError, 'message' | 'pointer'>;

/** Checks an app manifest: its schema, the URLs that HTTP delivery needs, and the scopes that its features need. */
export function validateManifest(manifest: unknown): ManifestError[] {
  const errors = inspect(MANIFEST, manifest, '', 'message');
  if (errors.length > 0 || !isRecord(manifest)) return errors.map(({ message, pointer }) => ({ message, pointer }));
  const features = part(manifest, 'features');
  const settings = part(manifest, 'settings');
  const scopes = strings(part(part(manifest, 'oauth_config'), 'scopes').bot);
  return [
    ...(settings.socket_mode_enabled === true ? [] : missingUrls(features, settings)),
    ...missingCommandScope(features, scopes),
    ...missingEventScopes(part(settings, 'event_subscriptions'), scopes),
  ];
}

/** The first two messages are Slack's own, misspelling included. */
function missingUrls(features: Fields, settings: Fields): ManifestError[] {
  const events = part(settings, 'event_subscriptions');
  const interactivity = part(settings, 'interactivity');
  const subscribes = strings(events.bot_events).length + strings(events.user_events).length > 0;
  const eventsMessage = 'Event Subscription requires either Request URL or Socket Mode Enabled';
  return [
    ...(subscribes && events.request_url === undefined ? [{ message: eventsMessage, pointer: '/settings/event_subscriptions' }] : []),
    ...(interactivity.is_enabled === true && interactivity.request_url === undefined
      ? [{ message: 'Interactivty requires a Request URL', pointer: '/settings/interactivity' }]
      : []),
    ...recordsIn(features.slash_commands).flatMap(({ url }, index) =>
      url === undefined ? [{ message: 'missing required field: url', pointer: `/features/slash_commands/${index}` }] : [],
    ),
  ];
}

function missingCommandScope(features: Fields, scopes: readonly string[]): ManifestError[] {
  const needed = recordsIn(features.slash_commands).length + recordsIn(features.shortcuts).length > 0;
  if (!needed || scopes.includes('commands')) return [];
  return [{ message: 'Slash commands and shortcuts require the bot scope `commands`', pointer: '/oauth_config/scopes/bot' }];
}

function missingEventScopes(events: Fields, scopes: readonly string[]): ManifestError[] {
  return strings(events.bot_events).flatMap((event, index) => {
    const needed = EVENT_SCOPES.get(event) ?? [];
    if (needed.length === 0 || needed.some((scope) => scopes.includes(scope))) return [];
    const names = needed.map((scope) => `\`${scope}\``).join(' or ');
    return [{ message: `\`${event}\` requires the bot scope ${names}`, pointer: `/settings/event_subscriptions/bot_events/${index}` }];
  });
}

function part(value: Fields, key: string): Fields {
  return isRecord(value[key]) ? value[key] : {};
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
