import { countedAfter, heldBackAfter } from './alert/follow.ts';
import { incidentAfter } from './alert/tell-incident.ts';
import { notedInIncident } from './followup/note.ts';
import { followUpsAfter } from './incident/follow-ups.ts';
import { releasesAfter } from './incident/releases.ts';
import type { AnyChange, Kind, Kinds } from './kinds.ts';
import { notedAfter } from './page/note.ts';
import { pagesAfterIncident } from './page/of-incident.ts';
import { pagesAfterTrigger } from './page/of-trigger.ts';
import { pagesAfterVendor } from './vendor/pages.ts';

type Follows<K extends Kind> = (state: Kinds[K]['state'], facts: readonly Kinds[K]['fact'][]) => readonly AnyChange[];

/**
 * What has to happen in other streams because of what was just decided in one; it is written in the same append. `state` is
 * that after the facts.
 */
export const FOLLOWS: { readonly [K in Kind]: Follows<K> } = {
  incident: (state, facts) => [...releasesAfter(state, facts), ...pagesAfterIncident(state, facts), ...followUpsAfter(state, facts)],
  component: () => [],
  alert: (state, facts) => [...countedAfter(state, facts), ...incidentAfter(state, facts)],
  storm: heldBackAfter,
  trigger: pagesAfterTrigger,
  calendar: () => [],
  drill: () => [],
  page: notedAfter,
  followup: notedInIncident,
  checkup: () => [],
  vendor: pagesAfterVendor,
};
