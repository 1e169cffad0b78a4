import type { Alerts } from '../../core/alert/port.ts';
import type { Acting } from '../../core/incident/command.ts';
import type { StreamId } from '../../core/brand.ts';
import type { Drills } from '../../core/drill/port.ts';
import type { Incidents } from '../../core/incident/port.ts';
import type { Releases } from '../../core/component/port.ts';
import type { OnCall } from '../../core/contact/port.ts';
import type { Catalog, Clock, Operations, People, Store } from '../../core/ports.ts';
import type { Pages } from '../../core/page/port.ts';
import type { FollowUps } from '../../core/followup/port.ts';
import type { Chart } from '../../core/chart.ts';
import type { Statistics } from '../../core/stats/port.ts';
import type { Triggers } from '../../core/trigger/port.ts';
import type { Vendors } from '../../core/vendor/port.ts';
import type { Card } from '../cards/blocks.ts';
import type { Incoming } from '../incoming.ts';
import type { Web } from '../web.ts';

/** What handlers work with. */
export type Desk = {
  readonly operations: Operations;
  readonly catalog: Catalog;
  readonly store: Store;
  readonly incidents: Incidents;
  readonly people: Pick<People, 'read'>;
  readonly releases: Releases;
  readonly alerts: Alerts;
  readonly triggers: Triggers;
  readonly onCall: OnCall;
  readonly pages: Pages;
  readonly drills: Drills;
  readonly followUps: FollowUps;
  readonly vendors: Vendors;
  readonly statistics: Statistics;
  /** Draws a chart as PNG. */
  readonly drawChart: (chart: Chart) => Buffer;
  readonly clock: Clock;
  /** A new token for a button. */
  readonly token: () => string;
  readonly web: Web;
  /** Looks at a stream's messages again. */
  readonly wake: (stream: StreamId<string>) => void;
};

/** One deed of one person who has passed the gate. */
export type Visit = {
  readonly incoming: Incoming;
  readonly acting: Acting;
  /** Answers only this person. */
  readonly tell: (card: Card) => Promise<void>;
  /** The form that was opened for them at once, waiting to be filled. */
  readonly viewId: string | null;
  /** It was taken up again after the bot had stopped in the middle of it. */
  readonly resumed: 'no' | 'yes' | 'may-have-begun';
};

/** Mistakes of a form, each at the input block that it is about. */
export type FormMistakes = Readonly<Record<string, string>>;

/** One way in from Slack. Each goes the same way: on disk, acknowledged, through the gate, handled. */
export type Entry = {
  readonly kind: 'command' | 'action' | 'view' | 'shortcut' | 'event';
  readonly id: string;
  /** What becomes of it when the bot stopped in the middle: done again, or given back to the person because its form is gone. */
  readonly resume: 'again' | 'give-back' | 'drop';
  /** The title of the form that this opens: a trigger lives for three seconds, so the form comes first and is filled later. */
  readonly opens?: (incoming: Incoming, desk: Desk) => string | null;
  /** A form's mistakes, decided before it closes. */
  readonly examine?: (incoming: Incoming, acting: Acting, desk: Desk) => FormMistakes | null;
  readonly handle: (visit: Visit, desk: Desk) => Promise<void>;
};
