const PLACES = ['incident', 'announce'] as const;

/** Whether a word in `to:` of an announcement is a channel; every other word is a role. */
export function isPlaceOfAnnouncement(word: string): word is (typeof PLACES)[number] {
  return PLACES.some((place) => place === word);
}

/** Where an announcement is read and who is called, for those who approve it. */
export function sayAudience(to: readonly string[]): string {
  const roles = to.filter((word) => !isPlaceOfAnnouncement(word));
  const places = [
    ...(to.includes('incident') || !to.includes('announce') ? ["in the incident's channel"] : []),
    ...(to.includes('announce') ? ['in the channel for announcements'] : []),
  ];
  return `${places.join(' and ')}${roles.length > 0 ? `, calling ${roles.join(' and ')}` : ''}`;
}
