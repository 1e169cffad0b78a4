import type { StreamId } from '../brand.ts';
import type { Change } from '../kinds.ts';
import { pageFor } from '../page/of-incident.ts';
import { streamOf } from '../page/state.ts';
import type { VendorFact } from './event.ts';
import type { VendorState, VendorTask } from './state.ts';

/** Whoever has to ask a vendor is paged as for anything else, and no longer once it is over. */
export function pagesAfterVendor(state: VendorState, facts: readonly VendorFact[]): readonly Change<'page'>[] {
  if (state.status === 'none') return [];
  return facts.flatMap((fact): readonly Change<'page'>[] => {
    if (fact.type === 'vendor-asked') return [opening(state)];
    if (fact.type !== 'task-over') return [];
    return [{ stream: pageOf(state), commands: [{ kind: 'close-page', how: 'reason-gone', says: fact.says, by: fact.by }] }];
  });
}

function opening(task: VendorTask): Change<'page'> {
  const { vendor, why, askedBy, incident } = task;
  const page = nameOf(task);
  const about = { incident: `incident/${incident}` as StreamId, run: null, step: null, attempt: null };
  const asked = `Asked by ${askedBy.name}. What to say to them stands in the channel of the incident, with a button to mail it.`;
  const order = {
    page,
    why: 'asked',
    summary: `Ask ${vendor.title}${why === '' ? '' : `: ${why}`}`,
    details: asked,
    severity: 'error',
    about,
  } as const;
  return {
    stream: streamOf(page),
    commands: [{ kind: 'open-page', ...order, to: { roles: [vendor.owner], contacts: [] }, by: askedBy, drill: false, delayMs: 0 }],
  };
}

function pageOf(task: VendorTask): StreamId<'page'> {
  return streamOf(nameOf(task));
}

function nameOf({ incident, vendor, number }: VendorTask): string {
  return pageFor('vendor', incident, vendor.name, String(number));
}
