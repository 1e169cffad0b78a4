import type { IncidentId, RunId, StepId } from '../../core/brand.ts';
import type { DrillCommand } from '../../core/drill/command.ts';
import { channelOf, streamOf } from '../../core/drill/drill.ts';
import type { PinnedDrill } from '../../core/drill/drill.ts';
import type { Practice } from '../../core/drill/practice.ts';
import { signedUp } from '../../core/drill/signed-up.ts';
import type { Planned } from '../../core/drill/state.ts';
import type { Acting } from '../../core/incident/command.ts';
import { startIncident } from '../incident-start.ts';
import type { Started, StartParts } from '../incident-start.ts';
import { placesToLookAt } from '../orders.ts';
import type { ReleaseWatch } from '../releases/watch.ts';

export type DrillStartParts = StartParts & { readonly watch: Pick<ReleaseWatch, 'look'> };

type Word = (ids: { readonly incident: IncidentId; readonly run: RunId }) => DrillCommand;

/** Begins a drill: an incident that is marked from birth, whose run goes the same way as the real thing. */
export async function startDrill(
  parts: DrillStartParts,
  { drill, planned }: { readonly drill: PinnedDrill; readonly planned: Planned | null },
  acting: Acting | null,
  word: Word,
): Promise<Started> {
  const { catalog, watch } = parts;
  const { procedure, target } = drill;
  const params = Object.fromEntries(Object.entries(drill.params ?? {}).map(([name, value]) => [name, String(value)]));
  const practice: Practice = {
    drill: drill.name,
    signedUp: signedUp(drill, planned, acting?.by.id ?? null),
    trouble: troubleOf(drill),
  };
  const wish = { procedure, target, params, reason: `Drill: ${drill.title}`, home: channelOf(drill, catalog.settings()), practice };
  await Promise.all(placesToLookAt(catalog, wish).map(async (place) => await watch.look(place)));
  return await startIncident(parts, wish, acting, (ids) => ({ stream: streamOf(drill.name), commands: [word(ids)] }));
}

function troubleOf({ trouble }: PinnedDrill): Practice['trouble'] {
  const { 'failing-step': step, 'silent-approver': silentApproverMs } = trouble ?? {};
  return { ...(step !== undefined && { failingStep: step as StepId }), ...(silentApproverMs !== undefined && { silentApproverMs }) };
}
