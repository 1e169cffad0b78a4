import { didYouMean, sayList } from '../core/procedure/nearest.ts';

/** Whole stories instead of something broken, each with whether the shop begins well and is watched. */
export const STORIES = {
  alert: { alerting: true, procedure: 'cache' },
  incident: { alerting: true, procedure: 'cache' },
  drill: { alerting: false, procedure: 'cache' },
  page: { alerting: false, procedure: 'database-restore' },
  'slack-down': { alerting: false, procedure: 'cache' },
} as const;
export type StoryName = keyof typeof STORIES;

/** The story of this name, or a sentence with all that there are. */
export function chooseStory(name: string): { readonly name: StoryName } | { readonly says: string } {
  const names = Object.keys(STORIES) as StoryName[];
  const found = names.find((each) => each === name);
  return found ? { name: found } : { says: `There is no scenario "${name}".${didYouMean(name, names)} Choose ${sayList(names, 'or')}.` };
}
