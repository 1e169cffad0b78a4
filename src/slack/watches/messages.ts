import type { RoleId } from '../../core/brand.ts';
import type { Drawing } from '../../core/chart.ts';
import { startersOf } from '../../core/settings.ts';
import type { Settings } from '../../core/settings.ts';
import { chartOf } from '../../core/trigger/chart.ts';
import type { PinnedRule } from '../../core/trigger/rule.ts';
import type { EndedWatch, Watch } from '../../core/trigger/state.ts';
import { titleOf, watchCall, watchCard } from '../cards/watch-card.ts';
import type { LiveMessage } from '../live.ts';
import type { Blindness } from './blind.ts';

export type ShownWatch = { readonly watch: Watch; readonly ended: EndedWatch | null };
type Parts = ShownWatch & {
  readonly procedure?: string | null;
  readonly channel: string | null;
  readonly settings: Settings;
  /** Where it sees nothing: whether it speaks, and for which others. */
  readonly blindness?: Blindness;
};

/** The messages of a watch: its card, and in the thread below it the call of whoever may decide, and its charts. What is over is never posted anew. */
export function messagesOfWatch(parts: Parts, drawChart: (drawing: Drawing) => Buffer): readonly LiveMessage[] {
  const card = cardOf(parts);
  if (parts.blindness?.speaks === false) return [{ ...card, onlyEdit: true }];
  return [card, ...calls(parts, card.key), ...charts(parts, card.key, drawChart)];
}

/** The card alone, which is all that may still be owed of a watch that ended long ago. */
export function cardOf(parts: Parts): LiveMessage {
  const { watch, ended } = parts;
  const isAsked = ended === null && (watch.ask.is === 'proposed' || watch.ask.is === 'countdown');
  return {
    key: `watch:${watch.id}`,
    body: { card: watchCard({ ...parts, alsoBlind: parts.blindness?.others ?? [] }) },
    priority: isAsked ? 'approval' : 'alert',
    onlyEdit: ended !== null,
  };
}

/** One call for each time that people are asked; the clock of a countdown starts when it stands there, with its button above. */
function calls(parts: Parts, below: string): readonly LiveMessage[] {
  const { watch, ended, settings } = parts;
  const { ask } = watch;
  if (ended || (ask.is !== 'proposed' && ask.is !== 'countdown')) return [];
  const shows = ask.is === 'countdown' && ask.shownAt === null ? { shows: ask.token } : {};
  const card = watchCall(parts, calledFor(parts), settings);
  return [{ key: `call:${ask.token}`, body: { card }, priority: 'page', onlyEdit: false, below, ...shows }];
}

/** Those whom the rule wants to come, and those who may start what it offers. */
function calledFor({ watch: { rule }, procedure, settings, blindness }: Parts): readonly RoleId[] {
  const others = (blindness?.others ?? []).flatMap((each) => rolesOf(each.rule, each.rule.procedure, settings));
  return [...new Set([...rolesOf(rule, procedure ?? rule.procedure, settings), ...others])];
}

function rolesOf({ page = [] }: Pick<PinnedRule, 'page'>, procedure: string, settings: Settings): readonly RoleId[] {
  return [...(page as RoleId[]), ...startersOf(settings, procedure)];
}

/** Two of a watch at most: as people were first asked, or as it started by itself, and as it ended. */
function charts({ watch, ended, settings }: Parts, below: string, drawChart: (drawing: Drawing) => Buffer): readonly LiveMessage[] {
  const stage = ended ? 'ended' : watch.ask.is === 'nothing' ? null : 'asked';
  const chart = stage && chartOf(watch, settings);
  if (!stage || !chart) return [];
  const title = `${titleOf(watch)}: ${ended ? 'how it ended' : 'when it was decided about'}`;
  const body = { name: `watch-${watch.id}-${stage}.png`, title, draw: () => drawChart(chart) };
  return [{ key: `chart-${stage}:${watch.id}`, body, priority: 'output', onlyEdit: false, below }];
}
