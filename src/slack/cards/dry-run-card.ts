import { shortDigest } from '../../core/digest.ts';
import type { DryRun } from '../../core/ports.ts';
import { sayAction } from './action-text.ts';
import { card, context, header } from './blocks.ts';
import type { Card } from './blocks.ts';
import { safe } from './text.ts';
import { sayQuorum } from './words.ts';

/** What a run would do, item by item; what it would run is cut short here, because nobody approves it from this. */
export function dryRunCard(dry: DryRun): Card {
  const name = `Dry run: ${dry.title} on ${dry.target}`;
  const params = Object.entries(dry.params).map(([key, value]) => `${key}=${value}${sayWhy(dry.why, key)}`);
  const rows = dry.items.map(row);
  return card({
    text: [`${safe(name)}. Nothing was changed.`, ...rows].join(' '),
    top: [header(name), context(`Checks were asked; nothing was changed.${params.length > 0 ? ` ${safe(params.join(' '), 500)}` : ''}`)],
    rows,
    bottom: [context(`Start it with \`/rollback ${safe(dry.procedure, 40)} ${safe(dry.target, 60)}\``)],
  });
}

function sayWhy(why: DryRun['why'], name: string): string {
  return Object.hasOwn(why, name) ? ` (the last good version: ${why[name]})` : '';
}

function row({ step, action, digest, says, holds }: DryRun['items'][number]): string {
  const sign = step.skip !== undefined ? ':fast_forward:' : holds === null ? ':white_small_square:' : holds ? ':white_check_mark:' : ':x:';
  const approve = step.approve ? ` · :lock: ${sayQuorum(step.approve)}` : '';
  const undo =
    step.phase === 'step' && step.effect !== 'read' && step.undo?.kind !== 'action' && step.ask === undefined
      ? ' · point of no return'
      : '';
  const found = says === null ? '' : ` · ${safe(says, 200)}`;
  const runs = action === null || step.skip !== undefined || step.phase !== 'step' ? '' : `\n      ${safe(sayAction(action), 200)}`;
  return `${sign} ${safe(step.title)}${approve}${undo}${digest === null ? '' : ` · \`${shortDigest(digest)}\``}${found}${runs}`;
}
