import { shortDigest } from '../../core/digest.ts';
import type { DryRun } from '../../core/ports.ts';
import { linesOfAction } from '../../core/procedure/action-lines.ts';
import { visible } from '../../core/visible.ts';

/** What a run would do, item by item, with exactly what would run. */
export function dryRunLines({ title, target, params, why, items }: DryRun): readonly string[] {
  const given = Object.entries(params).map(([name, value]) => {
    const because = Object.hasOwn(why, name) ? ` (the last good version: ${why[name]})` : '';
    return `  ${name}=${value}${because}`;
  });
  return [`Dry run of ${title} on ${target}. Checks were asked; nothing was changed.`, ...given, ...items.flatMap(itemLines)];
}

function itemLines({ step, action, digest, says, holds }: DryRun['items'][number]): readonly string[] {
  const sign = step.skip !== undefined ? '-' : holds === null ? '·' : holds ? '✓' : '✗';
  const approve = step.approve ? `, needs ${step.approve.need} of ${step.approve.by.join(' or ')}` : '';
  const head = `${sign} ${step.title}${approve}${digest === null ? '' : `  ${shortDigest(digest)}`}${says === null ? '' : `: ${says}`}`;
  if (action === null || step.skip !== undefined || step.phase !== 'step') return [head];
  return [
    head,
    ...visible(linesOfAction(action).join('\n'))
      .split('\n')
      .map((line) => `    ${line}`),
  ];
}
