import type { FaultList } from './api/fault-list.ts';
import type { Exchange } from './delivery/exchange.ts';
import type { FaultCount, Faults } from './backstage.ts';
import type { Gate } from './server/gate.ts';

export interface FaultParts {
  list: FaultList;
  gate: Gate;
  exchange: Exchange;
}

/** Puts everything that can be made to go wrong into one place. */
export function createFaults({ list, gate, exchange }: FaultParts): Faults {
  return {
    refuse: (method, error, how) => list.add(method, { kind: 'refuse', error, extra: how?.extra ?? {} }, times(how)),
    http: (method, status, how) => list.add(method, { kind: 'http', status }, times(how)),
    rateLimit: (method, seconds, how) => list.add(method, { kind: 'rate-limit', seconds }, times(how)),
    executedButLost: (method, how) => list.add(method, { kind: 'lose-answer' }, times(how)),
    executedButRefused: (method, error, how) => list.add(method, { kind: 'refuse-afterwards', error }, times(how)),
    slow: (method, ms, how) => list.add(method, { kind: 'slow', ms }, times(how)),
    async outage(how = 'reset') {
      exchange.socketMode.disconnect('cut');
      await gate.shut(how);
    },
    recover: () => gate.open(),
    disconnectSockets: (reason) => exchange.socketMode.disconnect(reason),
    redeliver: (what) => exchange.postOffice.redeliver(what?.type, what?.as ?? 'same-envelope'),
    deliverTwice: (how) => exchange.postOffice.twice(times(how), how?.type),
    forgeSignature: (how) => exchange.forgeSignature(how),
    clear: () => list.clear(),
  };
}

function times(how: FaultCount | undefined): number {
  return how?.times ?? 1;
}
