import { createDispatcher } from '../api/dispatcher.ts';
import type { FaultList } from '../api/fault-list.ts';
import type { MethodDesk } from '../api/method.ts';
import { createRateLimits } from '../api/rate-limits.ts';
import type { ResponseUrls } from '../delivery/response-urls.ts';
import type { SocketMode } from '../delivery/socket-mode.ts';
import type { Triggers } from '../delivery/triggers.ts';
import type { Call } from '../interface.ts';
import type { Workspace } from '../state/workspace.ts';
import { createGate, listen, type Gate } from './gate.ts';
import { createResponder } from './responder.ts';
import { createRoutes, plainReply } from './routes.ts';
import { createSocketDoor } from './socket-door.ts';

export interface WebParts {
  workspace: Workspace;
  faults: FaultList;
  triggers: Triggers;
  responseUrls(origin: () => string): ResponseUrls;
  socketMode: SocketMode;
  record(call: Call): void;
}

/** The workspace's HTTP and WebSocket side, listening. */
export interface Web {
  readonly gate: Gate;
  readonly origin: string;
  readonly responseUrls: ResponseUrls;
  close(): Promise<void>;
}

export async function openWeb(parts: WebParts, wantedPort: number): Promise<Web> {
  const { workspace, faults } = parts;
  const record = (call: Call) => parts.record(call);
  let port = wantedPort;
  const host = () => `127.0.0.1:${port}`;
  const responseUrls = parts.responseUrls(() => `http://${host()}`);
  const desk: MethodDesk = {
    workspace,
    spendTrigger: (id) => parts.triggers.spend(id),
    issueSocketUrl: () => `ws://${host()}/link/?ticket=${door.issueTicket()}&app_id=${workspace.app?.id ?? ''}`,
    uploadUrl: (ticket) => `http://${host()}/upload/v1/${ticket}`,
    later: (run) => void setImmediate(run),
  };
  const server = createRoutes({
    unavailable: () => gate.outage === 'unavailable',
    api: createDispatcher({ desk, faults, limits: createRateLimits(workspace.clock), record }),
    respond: createResponder({ workspace, faults, responseUrls, record }),
    upload(ticket, content) {
      const file = [...workspace.files.values()].find((candidate) => candidate.uploadTicket === ticket);
      if (!file) return plainReply(404, 'not_found');
      file.content = content;
      file.length = content.length;
      return plainReply(200, `OK - ${content.length}`);
    },
  });
  const gate = createGate(server, () => port);
  const door = createSocketDoor(server, workspace.ids, (socket) => parts.socketMode.accept(socket));
  port = await listen(server, wantedPort);
  return {
    gate,
    origin: `http://${host()}`,
    responseUrls,
    async close() {
      await door.close();
      await gate.close();
    },
  };
}
