import type { Instant } from '../brand.ts';
import type { Timed } from '../stream-kind.ts';
import type { PageFact } from './event.ts';
import { isOpenElsewhere } from './state.ts';
import type { DeliveryState, Page, PageDelivery, PageState, Stage } from './state.ts';

/** Names the fold that made a snapshot. */
export const FOLD_VERSION = 'page-6';

/** What is known before anybody was paged. */
export const INITIAL: PageState = { status: 'none' };

/** What is over long ago says nothing that anybody needs. */
const MOST_DELIVERIES = 300;
const MOST_STAGES = 60;

type Of<Type extends PageFact['type']> = Extract<Timed<PageFact>, { type: Type }>;

/** Folds one event into what is known of a page. Total: it never throws. */
export function evolve(before: PageState, event: Timed<PageFact>): PageState {
  if (event.type === 'page-opened') return before.status === 'none' ? opened(event) : before;
  if (before.status === 'none') return before;
  const state = { ...before, lastAt: event.at };
  switch (event.type) {
    case 'page-linked':
      return { ...state, about: { ...state.about, incident: event.incident, run: event.run } };
    case 'chain-pinned':
      return { ...state, chain: event.chain, token: event.token };
    case 'stage-began':
      return { ...state, ...began(state, event) };
    case 'delivery-intended':
      return changed(state, event, { attempt: event.attempt, state: { status: 'intended', executor: event.executor, at: event.at } });
    case 'delivery-noted':
      return changed(state, event, { state: noted(event) });
    case 'stage-escalated':
      return state.stage ? withStage(state, { ...state.stage, escalated: { by: event.by, at: event.at } }) : state;
    case 'page-silent':
      return { ...state, silentAt: event.at };
    case 'page-acknowledged': {
      const { by, how, at, holdsMs } = event;
      const until = holdsMs === undefined ? null : ((at + holdsMs) as Instant);
      const acknowledged = { by, how, at, until };
      return state.status === 'open' ? { ...state, status: 'acknowledged', acknowledged } : state;
    }
    case 'answer-lapsed': {
      if (state.status !== 'acknowledged' || state.acknowledged === null) return state;
      const { done, at } = event;
      const lapsed = [...state.lapsed, { by: state.acknowledged.by, at, ...(done && { done }) }];
      return { ...state, status: 'open', acknowledged: null, lapsed };
    }
    case 'page-renewed':
      return renewed(state, event);
    case 'delivery-settled': {
      const { as, done, at } = event;
      return changed(state, event, ({ settled }) => ({ settled: { as, done, at, tries: settled?.as === as ? settled.tries + 1 : 1 } }));
    }
    case 'page-closed': {
      const { how, says, by, at } = event;
      return { ...state, status: 'closed', closed: { how, says, by, at } };
    }
    default:
      event satisfies never;
      return before;
  }
}

function opened(event: Of<'page-opened'>): PageState {
  const { page, to, why, summary, details, severity, by, about, drill, delayMs, notBy, rank, at } = event;
  const more = { ...(notBy !== undefined && { notBy }), ...(rank !== undefined && { rank }) };
  const order = { page, to, why, summary, details, severity, by, about, drill, delayMs, ...more };
  const nothing = { token: null, chain: null, stage: null, stages: [], deliveries: [], called: [], silentAt: null };
  return { ...order, ...nothing, acknowledged: null, lapsed: [], renewed: null, status: 'open', openedAt: at, lastAt: at };
}

function renewed(state: Exclude<PageState, { status: 'none' }>, event: Of<'page-renewed'>): PageState {
  const { summary, details, severity, rank, calls, at } = event;
  const words = { summary, details, severity, rank };
  if (!calls) return { ...state, ...words };
  const { closed: _, ...page } = { closed: null, ...state };
  const again = { stage: (page.stage?.number ?? -1) + 1, at };
  return { ...page, ...words, status: 'open', acknowledged: null, silentAt: null, renewed: again };
}

function began(page: Page, { stage: number, kind, round, waitMs, people, says, at }: Of<'stage-began'>): Partial<Page> {
  const called = people.map(({ contact, name, person }) => ({ contact, name, person }));
  const stage: Stage = { number, kind, round, people: called, says, beganAt: at, endsAt: (at + waitMs) as Instant, escalated: null };
  const fresh = people.flatMap(({ contact, name, media }) =>
    media.map((medium): PageDelivery => {
      const state: DeliveryState = { status: 'owed', since: at };
      return { stage: number, contact, medium, name, attempt: 0, state, settled: null };
    }),
  );
  return {
    stage,
    stages: [...page.stages, stage].slice(-MOST_STAGES),
    deliveries: kept(page.deliveries, fresh),
    called: [...page.called, ...called.filter(({ contact }) => !page.called.some((each) => each.contact === contact))],
  };
}

/** What began this moment is sent whatever comes, and what a medium keeps open has to be brought to its end there. */
function kept(before: readonly PageDelivery[], fresh: readonly PageDelivery[]): readonly PageDelivery[] {
  const most = Math.max(0, MOST_DELIVERIES - fresh.length);
  const old = before.slice(0, Math.max(0, before.length - most)).filter(isOpenElsewhere);
  return [...old, ...before.slice(before.length - Math.min(most, before.length)), ...fresh];
}

function noted({ status, says, at, againMs }: Of<'delivery-noted'>): DeliveryState {
  if (status === 'sent' || status === 'delivered') return { status, says, at };
  return { status, says, at, againAt: againMs === null ? null : ((at + againMs) as Instant) };
}

function withStage<State extends Page>(state: State, stage: Stage): State {
  return { ...state, stage, stages: [...state.stages.slice(0, -1), stage] };
}

type Change = Partial<PageDelivery> | ((delivery: PageDelivery) => Partial<PageDelivery>);

function changed<State extends Page>(
  state: State,
  { stage, contact, medium }: Pick<PageDelivery, 'stage' | 'contact' | 'medium'>,
  change: Change,
): State {
  const deliveries = state.deliveries.map((each) => {
    if (each.stage !== stage || each.contact !== contact || each.medium !== medium) return each;
    return { ...each, ...(typeof change === 'function' ? change(each) : change) };
  });
  return { ...state, deliveries };
}
