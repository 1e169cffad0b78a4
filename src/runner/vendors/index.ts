import type { StreamId } from '../../core/brand.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { Log } from '../../core/ports.ts';
import { due, nextDueAt } from '../../core/vendor/due.ts';
import type { Vendors } from '../../core/vendor/port.ts';
import { postToVendor } from './mailing.ts';
import type { MailingParts } from './mailing.ts';
import { createVendors } from './vendors.ts';
import type { VendorsParts } from './vendors.ts';

export type VendorOffice = { readonly vendors: Vendors; start(): Promise<void>; stop(): Promise<void> };
export type VendorOfficeParts = Omit<VendorsParts, 'post'> & MailingParts & { readonly log: Log };

const RETRY_MS = 60_000;
const LOST = 'Rollbot was stopped while it sent the mail, or the mail server has not answered.';

/** Asking vendors: what people do about it, and the reminders until somebody says that it was done. */
export function createVendorOffice(parts: VendorOfficeParts): VendorOffice {
  const { store, journal, clock, log } = parts;
  const timers = new Map<StreamId<'vendor'>, () => void>();
  const open = new Set<StreamId<'vendor'>>();
  const life = { stopped: false, working: Promise.resolve() };

  /** One after the other: there are few of them, and they come rarely. */
  function wake(stream: StreamId<'vendor'>): void {
    if (!life.stopped) life.working = turn(life.working, stream);
  }

  async function turn(before: Promise<void>, stream: StreamId<'vendor'>): Promise<void> {
    await before;
    const at = await look(stream).catch((error: unknown) => {
      log.error({ stream, error }, 'nobody could be reminded of a vendor, and it will be tried again');
      return clock.now() + RETRY_MS;
    });
    timers.get(stream)?.();
    if (at !== null && !life.stopped)
      timers.set(
        stream,
        clock.after(Math.max(1, at - clock.now()), () => wake(stream)),
      );
  }

  async function look(stream: StreamId<'vendor'>): Promise<number | null> {
    const { state, readOnly } = await journal.load(stream);
    const isOpen = state.status === 'open' && readOnly === null;
    open[isOpen ? 'add' : 'delete'](stream);
    if (!isOpen) return null;
    const owed = due(state, clock.now());
    const incident = (await journal.load(`incident/${state.incident}` as StreamId)).state;
    if (incident.status === 'closed') await journal.apply(stream, { kind: 'end-task', says: 'The incident is closed.' });
    else {
      for (const effect of owed) {
        await journal.apply(
          stream,
          effect.do === 'remind' ? { kind: 'remind-owner' } : { kind: 'note-mail', status: 'unknown', says: LOST },
        );
      }
    }
    return nextDueAt((await journal.load(stream)).state);
  }

  journal.onChange((stream) => {
    if (isOfKind(stream, 'vendor')) wake(stream);
    // With the incident its tasks are over, at once.
    if (isOfKind(stream, 'incident')) {
      for (const task of open) if (task.startsWith(`vendor/${stream.slice('incident/'.length)}/`)) wake(task);
    }
  });
  return {
    vendors: createVendors({ ...parts, post: async (stream, task) => await postToVendor(parts, stream, task) }),
    async start() {
      for (const stream of await store.streams({ kind: 'vendor' })) wake(stream);
    },
    async stop() {
      life.stopped = true;
      for (const cancel of timers.values()) cancel();
      await life.working;
    },
  };
}
