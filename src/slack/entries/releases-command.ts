import { parseReleasesText, parseReleaseText } from '../../core/component/release-text.ts';
import type { ReleaseCommand } from '../../core/component/release-text.ts';
import { releasesCard } from '../cards/releases-card.ts';
import { sentence } from '../cards/replies.ts';
import type { Desk, Visit } from './entry.ts';

/** `/rollback releases`: what runs where, and what is known of it. */
export async function listReleases(visit: Visit, desk: Desk, text: string): Promise<void> {
  await desk.catalog.refresh();
  const read = parseReleasesText(text, targetsOf(desk));
  if ('mistake' in read) return await visit.tell(sentence(read.mistake));
  const listed = await desk.releases.list(read);
  await visit.tell('says' in listed ? sentence(listed.says) : releasesCard(listed));
}

/** `/rollback good`, `doubt`, `hold` and `unhold`: what a person says about a release. */
export async function sayOfRelease(visit: Visit, desk: Desk, command: ReleaseCommand, text: string): Promise<void> {
  await desk.catalog.refresh();
  const read = parseReleaseText(command, text, targetsOf(desk));
  if ('mistake' in read) return await visit.tell(sentence(read.mistake));
  const { says } = await desk.releases.say(read.asked, read.word, visit.acting);
  await visit.tell(sentence(says));
}

function targetsOf({ catalog }: Desk): readonly string[] {
  return Object.keys(catalog.settings().targets);
}
