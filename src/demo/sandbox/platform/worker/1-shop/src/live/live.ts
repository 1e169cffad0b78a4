import { config } from '../config.ts';
import type { Env } from '../env.ts';

const OFF = { status: 'off', connections: 0 };

/** Tells those who look at a product that somebody else does. */
export async function noteViewer(product: number, env: Env): Promise<void> {
  if (config.websocket) await ask(`/viewers/${product}`, env);
}

/** Opens a connection for news of products; where there are none to be had, the browser is told so at once. */
export async function answerLive(request: Request, env: Env): Promise<Response> {
  if (!config.websocket) return Response.json({ error: 'There is no live news at present.' }, { status: 404 });
  if (request.headers.get('upgrade') !== 'websocket') return Response.json({ error: 'Ask for a WebSocket.' }, { status: 426 });
  return await ask('/connections', env);
}

export async function saysHealth(env: Env): Promise<Response> {
  return config.websocket ? await ask('/health', env) : Response.json(OFF);
}

async function ask(path: string, { STOCK_ROOM: rooms }: Env): Promise<Response> {
  if (!rooms) throw new Error('[websocket] STOCK_ROOM is not bound');
  const answer = await rooms.get(rooms.idFromName('shop')).fetch(new Request(`https://room${path}`));
  if (answer.status >= 500) throw new Error('[websocket] the room does not answer');
  return answer;
}
