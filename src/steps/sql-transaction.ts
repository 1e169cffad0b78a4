import { Client, DatabaseError } from 'pg';
import type { ClientConfig } from 'pg';
import { sayDuration } from '../core/duration.ts';
import type { SqlAction } from '../core/procedure/action.ts';
import type { DeedContext } from './context.ts';
import { Ended, failed, unknown } from './deed.ts';
import type { Deed } from './deed.ts';
import { sayError } from './sql-error.ts';
import { readRows } from './sql-rows.ts';
import type { SqlResult } from './sql-rows.ts';
import { readServer } from './sql-server.ts';
import type { SqlServer } from './sql-server.ts';

export type SqlTransaction = {
  /** Sends the statement. Whatever becomes of it, nothing is changed before `commit`. */
  ask(): Promise<SqlResult>;
  /** Makes it last; from here on a lost answer leaves open whether it did. */
  commit(): Promise<void>;
};
export type SqlOrder = { readonly action: SqlAction<string>; readonly reads: boolean };

const CONNECT_MS = 5000;
const CANCEL_MS = 2000;
/** How long the server keeps the transaction when it does not hear from us any more. */
const IDLE_MS = 30_000;
const UNCHANGED = 'so nothing was changed';

/** Opens a transaction on a connection of its own. What is not committed is rolled back, whichever way it ends. */
export async function inTransaction(
  order: SqlOrder,
  context: DeedContext,
  work: (transaction: SqlTransaction) => Promise<Deed>,
): Promise<Deed> {
  const server = await readServer(order.action.url);
  const client = new Client(settingsOf(server, context.run));
  client.on('error', () => undefined);
  try {
    await connect(client, context);
    const backend = await begin(client, order, context);
    return await work({
      ask: async () => await guarded(readRows(client, order.action), context, () => cancel(server, backend, context.run)),
      commit: async () => await commit(client, context),
    });
  } finally {
    await leave(client, context);
  }
}

function settingsOf(server: SqlServer, run: string, connectMs = CONNECT_MS): ClientConfig {
  return { ...server, application_name: `rollbot/${run}`, connectionTimeoutMillis: connectMs };
}

async function connect(client: Client, { deadline }: DeedContext): Promise<void> {
  if (await deadline.within(client.connect().catch(refuse))) return;
  throw new Ended(
    deadline.signal.reason === 'timeout' ? failed('Postgres could not be reached in time, so nothing was done.') : deadline.deed(),
  );
}

function refuse(error: unknown): never {
  const how = error instanceof DatabaseError ? 'refused the connection' : 'could not be reached';
  throw new Ended(failed(`Postgres ${how}, so nothing was done: ${sayError(error)}.`));
}

/** The limits hold for this transaction alone, so that a pooler may stand between; answers the number of the server's process. */
async function begin(client: Client, { action, reads }: SqlOrder, context: DeedContext): Promise<number> {
  const limits = [context.deadline.ms, action.lockTimeoutMs, IDLE_MS].map(String);
  const opened = async (): Promise<number> => {
    await client.query(reads ? 'begin read only' : 'begin read write');
    const { rows } = await client.query<{ pid: number }>(
      `select pg_backend_pid() as pid, set_config('statement_timeout', $1, true), set_config('lock_timeout', $2, true),
              set_config('idle_in_transaction_session_timeout', $3, true)`,
      limits,
    );
    return rows[0]?.pid ?? 0;
  };
  return await guarded(opened(), context);
}

/** Waits for what comes before the commit: whichever way it ends, the server rolls it back. */
async function guarded<Value>(work: Promise<Value>, context: DeedContext, whenEnded?: () => Promise<void>): Promise<Value> {
  try {
    const answer = await context.deadline.within(work);
    if (answer) return answer.value;
  } catch (error) {
    if (error instanceof DatabaseError) throw new Ended(failed(`Postgres refused it, ${UNCHANGED}: ${sayError(error)}.`));
    throw new Ended(failed(`The connection to Postgres was lost before anything was committed, ${UNCHANGED}: ${sayError(error)}.`));
  }
  await whenEnded?.();
  throw new Ended(endedBefore(context));
}

/** It was ended and can't have been committed. What may run again by itself does so after a restart of the bot. */
function endedBefore({ deadline, effect }: DeedContext): Deed {
  const { reason } = deadline.signal;
  if (reason === 'timeout')
    return failed(`It had not ended after ${sayDuration(deadline.ms)}, so it was cancelled, and nothing was changed.`);
  const byPerson = reason === 'stopped-by-person';
  const says = `${byPerson ? 'A person stopped it' : 'Rollbot was stopped'} while it ran, so it was cancelled, and nothing was changed.`;
  return effect === 'read' || (effect !== 'destructive' && !byPerson) ? { ...deadline.deed(), says } : failed(says);
}

async function commit(client: Client, context: DeedContext): Promise<void> {
  const { deadline } = context;
  if (deadline.signal.aborted) throw new Ended(endedBefore(context));
  try {
    const answer = await deadline.within(client.query('commit'));
    if (answer?.value.command === 'COMMIT') return;
    if (answer) throw new Ended(failed(`Postgres rolled it back instead of committing it, ${UNCHANGED}.`));
  } catch (error) {
    if (error instanceof Ended) throw error;
    if (error instanceof DatabaseError && (await stillAnswers(client, context))) {
      throw new Ended(failed(`Postgres refused to commit it, ${UNCHANGED}: ${sayError(error)}.`));
    }
    const says = `The connection to Postgres was lost while it was committed, so nobody knows whether it happened: ${sayError(error)}.`;
    throw new Ended(unknown('connection-lost', says));
  }
  throw new Ended({ ...deadline.deed(), says: 'The commit was sent and not answered in time, so nobody knows whether it happened.' });
}

/** A server that refuses a commit and goes on has rolled it back; one that is gone may have committed before. */
async function stillAnswers(client: Client, { deadline }: DeedContext): Promise<boolean> {
  return (await deadline.within(client.query('select 1').catch(() => null)))?.value != null;
}

/** Ends a statement on the server at once; where that does not succeed, the server's own limit does it a little later. */
async function cancel(server: SqlServer, backend: number, run: string): Promise<void> {
  const client = new Client({ ...settingsOf(server, run, CANCEL_MS), query_timeout: CANCEL_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select pg_cancel_backend($1)', [backend]);
  } catch {
    // What can't be cancelled is not committed either.
  } finally {
    void client.end().catch(() => undefined);
  }
}

/** Gives locks back at once where the server still listens; a connection that was given up is cut. */
async function leave(client: Client, { deadline }: DeedContext): Promise<void> {
  const { signal } = deadline;
  if (!signal.aborted && client.getTransactionStatus() !== 'I') await deadline.within(client.query('rollback').catch(() => null));
  void client.end().catch(() => undefined);
  if (signal.aborted) client.connection.stream.destroy();
}
