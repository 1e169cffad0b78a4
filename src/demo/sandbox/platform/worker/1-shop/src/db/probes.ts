import type { Database } from './retry-logic.ts';

/** Records that nobody needs, so that somebody can try whether records can be written, read, changed and removed. */
export async function answerProbe(database: Database, request: Request, { id, token }: { id: string; token: string }): Promise<Response> {
  if (request.headers.get('authorization') !== `Bearer ${token}`) return Response.json({ error: 'Who are you?' }, { status: 401 });
  const { note = '' } = request.method === 'POST' || request.method === 'PUT' ? ((await request.json()) as { note?: string }) : {};
  switch (request.method) {
    case 'POST': {
      const [row] = await database.query('insert into probes (note) values ($1) returning id, note', [note]);
      return Response.json(row, { status: 201 });
    }
    case 'GET':
      return one(await database.query('select id, note from probes where id = $1', [Number(id)]));
    case 'PUT':
      return one(await database.query('update probes set note = $1 where id = $2 returning id, note', [note, Number(id)]));
    case 'DELETE':
      return one(await database.query('delete from probes where id = $1 returning id', [Number(id)]));
    default:
      return Response.json({ error: 'Not allowed.' }, { status: 405 });
  }
}

function one([row]: readonly object[]): Response {
  return row ? Response.json(row) : Response.json({ error: 'There is no such record.' }, { status: 404 });
}
