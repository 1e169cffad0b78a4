import type { StreamId } from '../core/brand.ts';
import { JournalBroken } from '../core/journal-broken.ts';
import { claimKeys } from '../core/claims.ts';
import type { Run } from '../core/incident/state.ts';
import { isOfKind } from '../core/kinds.ts';
import type { Loaded, VerifyFinding } from '../core/ports.ts';
import { loadStream } from './load.ts';
import type { Loading } from './load.ts';
import { findByKey } from './lookups.ts';
import type { Db } from './tables.ts';
import { reading } from './transaction.ts';
import { verifyStream } from './verify-stream.ts';

/** Names what a finding is about where it is no stream of the journal. */
const CLAIMS = 'store/claims' as StreamId<string>;

/** Checks the whole journal stream by stream, so that others can write in between. An empty answer means that all is well. */
export async function verifyAll(db: Db, loading: Loading): Promise<readonly VerifyFinding[]> {
  const findings: VerifyFinding[] = [];
  for (const stream of await everyStream(db)) {
    findings.push(...(await reading(db, async (trx) => await verifyStream(trx, loading.folds, stream))));
  }
  return [...findings, ...(await reading(db, async (trx) => await claimFaults(trx, loading)))];
}

async function everyStream(db: Db): Promise<readonly StreamId<string>[]> {
  const rows = await db.selectFrom('streams').select('stream').union(db.selectFrom('events').select('stream')).orderBy('stream').execute();
  return rows.map((row) => row.stream);
}

/** Claims are held by runs that have not finished, and a run that has not finished holds all that its locks stand for. */
async function claimFaults(db: Db, loading: Loading): Promise<readonly VerifyFinding[]> {
  const claims = await db.selectFrom('claims').selectAll().orderBy('key').execute();
  const { runs, unreadable } = await openRuns(db, loading);
  const findings: VerifyFinding[] = [];
  for (const { key, holder } of claims) {
    const stream = await findByKey(db, { kind: 'run', key: holder });
    if (runs.has(holder) || (stream !== null && unreadable.has(stream))) continue;
    findings.push({ stream: CLAIMS, seq: null, says: `"${key}" is claimed by ${holder}, which is no run that is still open.` });
  }
  for (const run of runs.values()) {
    const held = claims.filter((claim) => claim.holder === run.id).length;
    const wanted = claimKeys(run.target, run.procedure.locks).length;
    if (held < wanted)
      findings.push({ stream: CLAIMS, seq: null, says: `Run ${run.id} is open and needs ${wanted} claims, but holds ${held}.` });
  }
  return findings;
}

type OpenRuns = { readonly runs: ReadonlyMap<string, Run>; readonly unreadable: ReadonlySet<StreamId<string>> };

async function openRuns(db: Db, loading: Loading): Promise<OpenRuns> {
  const runs = new Map<string, Run>();
  const unreadable = new Set<StreamId<string>>();
  for (const { stream } of await db.selectFrom('streams').select('stream').execute()) {
    if (!isOfKind(stream, 'incident')) continue;
    const state = await readable(db, loading, stream);
    if (state === null) unreadable.add(stream);
    else if (state.status !== 'none') for (const run of state.runs) if (run.progress.status !== 'finished') runs.set(run.id, run);
  }
  return { runs, unreadable };
}

/** Null where a stream can't be read, which is a finding of its own. */
async function readable(db: Db, loading: Loading, stream: StreamId): Promise<Loaded['state'] | null> {
  try {
    const loaded = await loadStream(db, loading, stream);
    return loaded.readOnly === null ? (loaded as Loaded).state : null;
  } catch (error) {
    if (error instanceof JournalBroken) return null;
    throw error;
  }
}
