import type { IncidentId, Instant, StreamId, TokenId } from '../../core/brand.ts';
import type { OnCall } from '../../core/contact/port.ts';
import type { Vendor } from '../../core/contact/schema.ts';
import { vendorText } from '../../core/contact/vendor-text.ts';
import type { Acting } from '../../core/incident/command.ts';
import { said } from '../../core/incident/said.ts';
import { isOfKind } from '../../core/kinds.ts';
import type { AnyChange } from '../../core/kinds.ts';
import type { Catalog, Clock, Ids, Store } from '../../core/ports.ts';
import { commandersOf } from '../../core/settings.ts';
import type { VendorCommand } from '../../core/vendor/command.ts';
import type { VendorAnswer, Vendors } from '../../core/vendor/port.ts';
import { refuse } from '../../core/vendor/refusal.ts';
import { taskOf } from '../../core/vendor/state.ts';
import type { PinnedVendor, VendorTask } from '../../core/vendor/state.ts';
import type { Journal } from '../journal.ts';

export type VendorsParts = {
  readonly store: Store;
  readonly journal: Journal;
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly onCall: Pick<OnCall, 'duty'>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Hands a mail over whose intent is written, and notes what came of it. */
  readonly post: (stream: StreamId<'vendor'>, task: VendorTask) => Promise<VendorAnswer>;
};

const LONGEST_WHY = 1500;
const NO_INCIDENT = 'Type this in the channel of the incident: what is said to a vendor is about one. `/incident open` opens one.';

/** What people can do about vendors. Who may is for the rules to say. */
export function createVendors(parts: VendorsParts): Vendors {
  const { journal, catalog } = parts;
  return {
    has: (name) => vendorOf(parts, name) !== null,
    ask: async (asked) => await ask(parts, asked),
    take: async (token, acting) =>
      await act(parts, token, acting, { kind: 'take-task', ...allowed(catalog, acting) }, 'It is your task now.'),
    async sendMail(token, acting) {
      const intended = await act(parts, token, acting, { kind: 'intend-mail', ...allowed(catalog, acting) }, '');
      const found = await taskBy(parts, token);
      return intended.status === 'done' && found ? await parts.post(found.stream, found.task) : intended;
    },
    finish: async (token, acting) =>
      await act(
        parts,
        token,
        acting,
        { kind: 'finish-task', says: 'They were asked.', ...allowed(catalog, acting) },
        'It is noted that they were asked.',
      ),
    onChange: (listener) =>
      journal.onChange((stream) => {
        if (isOfKind(stream, 'vendor')) listener(stream);
      }),
  };
}

/** Makes it a task, and notes it in the incident, in one append. */
async function ask(
  parts: VendorsParts,
  { vendor: name, why: asked, incident: stream, by, roles }: Parameters<Vendors['ask']>[0],
): Promise<VendorAnswer> {
  const { journal, onCall, clock, ids } = parts;
  // It goes to somebody outside.
  const why = said(asked, LONGEST_WHY);
  const vendor = vendorOf(parts, name);
  const state = stream === null ? null : (await journal.load(stream)).state;
  if (stream === null || state?.status !== 'open') return { status: 'refused', says: NO_INCIDENT };
  if (!vendor) return { status: 'refused', says: `rollbot.yml names no vendor "${name}".` };
  const duty = await onCall.duty(vendor.pinned.owner, clock.now());
  const person = duty.first ?? duty.all[0] ?? null;
  const command: VendorCommand = {
    kind: 'ask-vendor',
    incident: state.incident,
    drill: state.drill,
    vendor: vendor.pinned,
    why,
    text: vendorText(vendor.say, state, why),
    owner: person && { name: person.name, person: person.person },
    token: ids.token() as TokenId,
    by,
    roles,
  };
  const note = noteIn(state.incident, `${vendor.pinned.title} has to be asked${why === '' ? '' : `: ${why}`}`, clock.now(), { by, roles });
  const applied = await journal.applyTo([{ stream: taskOf(state.incident, name), commands: [command] }, note]);
  if (applied.status !== 'done')
    return { status: 'refused', says: applied.status === 'refused' ? applied.refusal.says : `${applied.key} is held.` };
  const whose = person
    ? `It is the task of ${person.name} (${vendor.pinned.owner})`
    : `Nobody of ${vendor.pinned.owner} can be reached, so somebody has to take it`;
  return { status: 'done', says: `${whose}, with what to say and a button to mail it.`, incident: stream };
}

async function act(parts: VendorsParts, token: TokenId, acting: Acting, command: VendorCommand, says: string): Promise<VendorAnswer> {
  const found = await taskBy(parts, token);
  if (!found) return { status: 'refused', says: refuse('no-task').says };
  const { stream, task } = found;
  const about: AnyChange = { stream, commands: [command] };
  const done = command.kind === 'finish-task' ? [noteIn(task.incident, `${task.vendor.title} was asked`, parts.clock.now(), acting)] : [];
  const applied = await parts.journal.applyTo([about, ...done]);
  if (applied.status === 'done') return { status: 'done', says, incident: incidentOf(task.incident) };
  return { status: 'refused', says: applied.status === 'refused' ? applied.refusal.says : `${applied.key} is held.` };
}

function allowed(catalog: VendorsParts['catalog'], acting: Acting): Acting & { readonly commanders: ReturnType<typeof commandersOf> } {
  return { by: acting.by, roles: acting.roles, commanders: commandersOf(catalog.settings()) };
}

function noteIn(incident: IncidentId, text: string, saidAt: Instant, { by, roles }: Acting): AnyChange {
  return { stream: incidentOf(incident), commands: [{ kind: 'add-note', text, saidAt, message: null, by, roles }] };
}

function incidentOf(incident: IncidentId): StreamId {
  return `incident/${incident}` as StreamId;
}

async function taskBy({ store, journal }: VendorsParts, token: TokenId): Promise<{ stream: StreamId<'vendor'>; task: VendorTask } | null> {
  const stream: StreamId<string> | null = await store.streamOf({ token });
  if (stream === null || !isOfKind(stream, 'vendor')) return null;
  const { state } = await journal.load(stream);
  return state.status !== 'none' && state.token === token ? { stream, task: state } : null;
}

function vendorOf({ catalog }: VendorsParts, name: string): { readonly pinned: PinnedVendor; readonly say: string | undefined } | null {
  const { vendors = {} } = catalog.settings();
  const vendor: Vendor | undefined = Object.hasOwn(vendors, name) ? vendors[name] : undefined;
  if (!vendor) return null;
  const { title, support, hours = null, owner, say, account } = vendor;
  const { email = null, phone = null, url = null } = support;
  return { pinned: { name, title, email, phone, url, hours, account: account !== undefined, owner: owner as PinnedVendor['owner'] }, say };
}
