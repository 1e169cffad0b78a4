import type { StreamId } from '../brand.ts';
import type { Settings } from '../settings.ts';
import type { Trigger } from './schema.ts';

/** A rule on one target, with all its figures; a watch keeps the one that it began with. */
export type PinnedRule = Trigger & {
  readonly name: string;
  readonly target: string;
  /** Its roles are paged, because rollbot.yml says how people are reached. */
  readonly pages?: true;
};

/** What stands for the procedure of the deployable that was changed last. */
export const LAST_CHANGED = 'last-changed';

/** Names the stream of a rule on a target. */
export function streamOf({ target, name }: Pick<PinnedRule, 'target' | 'name'>): StreamId<'trigger'> {
  return `trigger/${target}/${name}` as StreamId<'trigger'>;
}

/** Every rule on every target that it is for: each of them is watched by itself. */
export function rulesOf({
  triggers = {},
  targets,
  paging,
}: Pick<Settings, 'triggers' | 'targets'> & Partial<Pick<Settings, 'paging'>>): readonly PinnedRule[] {
  const pages = paging ? { pages: true as const } : {};
  return Object.entries(triggers).flatMap(([name, trigger]) =>
    (trigger.targets ?? Object.keys(targets)).map((target) => ({ ...trigger, ...pages, name, target })),
  );
}
