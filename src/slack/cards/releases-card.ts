import type { ReleaseEntry } from '../../core/component/port.ts';
import type { Component, Hold, Release } from '../../core/component/state.ts';
import { card, context, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { safe } from './text.ts';
import { moment, who } from './words.ts';

/** How many versions of a deployable are shown, the newest first. */
const MOST = 5;

const SEEN = { reading: 'read', run: 'deployed by a run', ci: 'reported by CI' } as const;
const HEALTH = {
  healthy: ':large_green_circle: healthy',
  unhealthy: ':red_circle: not healthy',
  unknown: ':white_circle: health not known',
} as const;

/** `/rollback releases`: which version runs where, since when, how that is known, and what is good, doubted and held. */
export function releasesCard(entries: readonly ReleaseEntry[]): Card {
  const rows = entries.flatMap(({ target, deployable, state }) => [
    `*${safe(deployable, 80)}* on ${safe(target, 60)}${state.status === 'none' ? ': nothing was seen yet' : ''}`,
    ...(state.status === 'none' ? [] : rowsOf(state)),
  ]);
  const title = entries.length === 1 ? 'One deployable' : `${entries.length} deployables`;
  return card({
    text: [title, ...rows].join('; '),
    top: [section(`*${title}*`)],
    rows,
    bottom: [
      context('Say what is good with `/rollback good <deployable> <version>`, and stop deployments with `/rollback hold <deployable>`.'),
    ],
  });
}

function rowsOf(state: Component): readonly string[] {
  const releases = state.releases.toReversed();
  const more = releases.length - MOST;
  return [
    ...state.holds.map(holdRow),
    ...releases.slice(0, MOST).map((release) => releaseRow(release, state)),
    ...(more > 0 ? [`• … and ${more} older ones`] : []),
  ];
}

function holdRow({ by, at, reason, run }: Hold): string {
  return `:no_entry: Held since ${moment(at)} by ${run === null ? who(by) : `run \`${safe(run, 20)}\``}: ${safe(reason, 300)}`;
}

function releaseRow(release: Release, { running, health }: Component): string {
  const runs = release.version === running;
  const now = runs ? ` · runs now · ${HEALTH[health.is]} since ${moment(health.since)}` : '';
  const how = release.run === null ? SEEN[release.how] : `${SEEN[release.how]} \`${safe(release.run, 20)}\``;
  return `• \`${safe(release.version, 60)}\` since ${moment(release.since)} (${how})${now}${word(release)}`;
}

function word({ verified, doubted }: Release): string {
  if (doubted)
    return ` · :warning: doubted by ${doubted.run === null ? who(doubted.by) : `run \`${safe(doubted.run, 20)}\``}: ${safe(doubted.reason ?? '', 200)}`;
  if (!verified) return ' · not verified';
  const reason = verified.reason === null ? '' : `: ${safe(verified.reason, 200)}`;
  return ` · :white_check_mark: good since ${moment(verified.at)}, said by ${verified.by.kind === 'person' ? who(verified.by) : 'time and health'}${reason}`;
}
