import type { Json } from '../../core/digest.ts';
import { nameOf } from '../../core/incident/name-of.ts';
import { nextOf } from '../../core/page/due.ts';
import type { OpenedPage, Page, Stage } from '../../core/page/state.ts';
import { iso } from './words.ts';

/** A page for a program; times are in UTC. */
export function pageData(page: OpenedPage): Json {
  const { page: id, status, to, why, summary, drill, by, openedAt, about, stages, acknowledged } = page;
  const next = nextOf(page);
  return {
    page: id,
    status,
    to: { roles: [...to.roles], contacts: [...to.contacts] },
    why,
    summary,
    drill,
    askedBy: by.kind === 'person' ? nameOf(by) : null,
    openedAt: iso(openedAt),
    incident: about.incident === null ? null : about.incident.slice('incident/'.length),
    run: about.run,
    calls: stages.map((stage) => callData(page, stage)),
    has: acknowledged && {
      name: acknowledged.by.name,
      at: iso(acknowledged.at),
      until: acknowledged.until === null ? null : iso(acknowledged.until),
    },
    next: next && { at: iso(next.at), does: next.effect.do },
    over: page.status === 'closed' ? { how: page.closed.how, says: page.closed.says, at: iso(page.closed.at) } : null,
  };
}

function callData({ deliveries }: Page, { number, kind, people, says, beganAt }: Stage): Json {
  return {
    kind,
    at: iso(beganAt),
    says,
    people: people.map(({ contact, name }) => ({
      contact,
      name,
      media: deliveries
        .filter((each) => each.stage === number && each.contact === contact)
        .map(({ medium, attempt, state }) => ({
          medium,
          attempt,
          status: state.status,
          says: 'says' in state ? state.says : null,
          againAt: 'againAt' in state && state.againAt !== null ? iso(state.againAt) : null,
        })),
    })),
  };
}
