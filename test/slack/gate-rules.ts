import type { Alerts } from '../../src/core/alert/port.ts';
import type { StreamId } from '../../src/core/brand.ts';
import type { Incidents } from '../../src/core/incident/port.ts';
import type { Operations } from '../../src/core/ports.ts';
import type { Pages } from '../../src/core/page/port.ts';
import type { Drills } from '../../src/core/drill/port.ts';
import type { FollowUps } from '../../src/core/followup/port.ts';
import type { Triggers } from '../../src/core/trigger/port.ts';
import type { Vendors } from '../../src/core/vendor/port.ts';
import { Afterwards } from '../core/followup/scenes.ts';
import { NO_ALERTS } from './alert-samples.ts';
import { NO_INCIDENTS } from './no-incidents.ts';
import { NO_FOLLOW_UPS } from './follow-up-samples.ts';
import { RUN, STREAM } from './story.ts';
import { NO_VENDORS } from './vendor-samples.ts';
import { NO_PAGES } from './page-samples.ts';
import { NO_DRILLS } from './drill-samples.ts';
import { NO_TRIGGERS } from './trigger-samples.ts';

/** What a deed has set in motion. */
type Deeds = { readonly rules: string[] };

/** Ports that do nothing but write down what they were asked, one for each room of rules. */
export function rulesOf({ rules }: Deeds): Operations {
  return {
    start: async () => (rules.push('start'), await Promise.resolve({ status: 'started', stream: STREAM, run: RUN })),
    examine: () => [],
    dryRun: async () => (rules.push('dry-run'), await Promise.resolve({ status: 'refused', mistakes: [] })),
    act: async ({ kind }) => (rules.push(kind), await Promise.resolve({ status: 'done', stream: STREAM })),
    note: async () => await Promise.resolve(),
    onChange: () => () => undefined,
  };
}

export function incidentsOf({ rules }: Deeds): Incidents {
  return { ...NO_INCIDENTS, open: async () => (rules.push('open'), await Promise.resolve({ status: 'opened', stream: STREAM })) };
}

export function alertsOf({ rules }: Deeds): Alerts {
  return {
    ...NO_ALERTS,
    silence: async () => (rules.push('silence'), await Promise.resolve({ status: 'done', says: 'yes', incident: null })),
    openIncident: async () => (rules.push('open-incident'), await Promise.resolve({ status: 'done', says: 'yes', incident: STREAM })),
  };
}

export function triggersOf({ rules }: Deeds): Triggers {
  const done = { status: 'done', says: 'yes', incident: null } as const;
  return {
    ...NO_TRIGGERS,
    startNow: async () => (rules.push('start-now'), await Promise.resolve(done)),
    veto: async () => (rules.push('veto'), await Promise.resolve(done)),
    callOff: async () => (rules.push('call-off'), await Promise.resolve(done)),
  };
}

export function pagesOf({ rules }: Deeds): Pages {
  const done = { status: 'done', says: 'yes', stream: 'page/p1' as StreamId<'page'> } as const;
  return {
    ...NO_PAGES,
    page: async () => (rules.push('page'), await Promise.resolve(done)),
    acknowledge: async () => (rules.push('acknowledge'), await Promise.resolve(done)),
    escalate: async () => (rules.push('escalate'), await Promise.resolve(done)),
    end: async () => (rules.push('end'), await Promise.resolve(done)),
  };
}

export function drillsOf({ rules }: Deeds): Drills {
  const done = { status: 'done', says: 'yes', incident: null } as const;
  return {
    ...NO_DRILLS,
    start: async () => (rules.push('start-drill'), await Promise.resolve(done)),
    skip: async () => (rules.push('skip-drill'), await Promise.resolve(done)),
    signUp: async () => (rules.push('sign-up'), await Promise.resolve(done)),
  };
}

export function vendorsOf({ rules }: Deeds): Vendors {
  const done = { status: 'done', says: 'yes', incident: null } as const;
  return {
    ...NO_VENDORS,
    sendMail: async () => (rules.push('send-mail'), await Promise.resolve(done)),
    take: async () => (rules.push('take-task'), await Promise.resolve(done)),
    finish: async () => (rules.push('finish-task'), await Promise.resolve(done)),
  };
}

export function followUpsOf({ rules }: Deeds): FollowUps {
  const done = { status: 'done', says: 'yes', stream: null } as const;
  const item = new Afterwards().item();
  return {
    ...NO_FOLLOW_UPS,
    find: async () => await Promise.resolve(item),
    take: async () => (rules.push('take'), await Promise.resolve(done)),
    finish: async () => (rules.push('finish'), await Promise.resolve(done)),
    postpone: async () => (rules.push('postpone'), await Promise.resolve(done)),
  };
}
