import { z } from 'zod';
import type { Served } from './cloudflare/traffic.ts';

type Room = { fetch(request: Request): Promise<Response> };
/** What a Worker finds under the name of a Durable Object binding. */
export type Namespace = { idFromName(name: string): string; get(id: string): Room };

const IsClass = z.custom<new () => Room>((value) => typeof value === 'function');

/** Keeps the objects of each version that is served; another version begins with none in memory. */
export function createDurableObjects(): (served: Served) => Readonly<Record<string, Namespace>> {
  const rooms = new Map<string, Room>();

  function namespace(served: Served, className: string): Namespace {
    return {
      idFromName: (name) => `${className} ${name}`,
      get(id) {
        const key = `${served.versionId} ${id}`;
        const room = rooms.get(key) ?? new (IsClass.parse(served.exports[className]))();
        rooms.set(key, room);
        return room;
      },
    };
  }

  return (served) =>
    Object.fromEntries(
      served.bindings
        .filter(({ type }) => type === 'durable_object_namespace')
        .map(({ name, class_name: className }) => [name, namespace(served, String(className))]),
    );
}
