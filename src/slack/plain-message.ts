/** What people wrote in Slack, as it would be read: references by their names, and Slack's escapes undone. */
export function plainMessage(text: string): string {
  return text
    .replaceAll(/<@([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) => `@${name || id}`)
    .replaceAll(/<#([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) => `#${name || id}`)
    .replaceAll(/<!subteam\^([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) => `@${(name || id).replace(/^@/, '')}`)
    .replaceAll(/<!([a-z]+)[^>]*>/g, '@$1')
    .replaceAll(/<(https?:[^|>]+|mailto:[^|>]+)(?:\|([^>]*))?>/g, (_, link: string, label?: string) =>
      label && label !== link ? `${label} (${link})` : link,
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
