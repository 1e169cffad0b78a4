import type { SettingsText } from '../../core/settings.ts';

/** What a `rollbot.yml` says so that everybody of the sandbox may use the terminal, and who of them sits at this machine's. */
export function terminalSettings(people: Readonly<Record<string, string>>, user: string, sits: string): Partial<SettingsText> {
  const entry = (name: string): [string, { slack: string; name: string }][] =>
    people[name] === undefined ? [] : [[name, { slack: people[name], name }]];
  const everybody = Object.fromEntries(['dana', 'omar'].flatMap(entry));
  // The user who runs the demo is each of them in turn.
  const [here] = entry(sits);
  return { terminal: { people: { ...everybody, ...(here && { [user]: here[1] }) }, 'roles-hold': '24h' } };
}
