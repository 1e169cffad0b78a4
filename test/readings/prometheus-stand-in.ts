import { json, startJsonServer } from './json-server.ts';
import type { JsonServer } from './json-server.ts';

/** The queries of the contract with what Prometheus answers to them, as its documentation has it and as the real one was seen to do. */
const VECTORS: Readonly<Record<string, readonly string[]>> = {
  'vector(0.072)': ['0.072'],
  'vector(1234)': ['1234'],
  nothing_of_this_name: [],
  'vector(0) / 0': ['NaN'],
  'vector(1) / 0': ['+Inf'],
  'vector(-1)': ['-1'],
  'label_replace(vector(1), "a", "x", "", "") or label_replace(vector(2), "a", "y", "", "")': ['1', '2'],
};
const SCALARS: Readonly<Record<string, string>> = { '0.5': '0.5' };

/** A server that speaks as Prometheus does, for tests that are to be quick. */
export async function startPrometheusStandIn(): Promise<JsonServer> {
  return await startJsonServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stand-in');
    const query = searchParams.get('query') ?? '';
    const answer =
      pathname === '/api/v1/query' ? instant(query, searchParams) : pathname === '/api/v1/query_range' ? range(query, searchParams) : null;
    if (answer === null) response.writeHead(404).end('404 page not found\n');
    else json(answer, answer.status === 'error' ? 400 : 200)(request, response);
  });
}

type Answered = { readonly status: 'success' | 'error' } & Readonly<Record<string, unknown>>;

function instant(query: string, params: URLSearchParams): Answered {
  const time = Number(params.get('time') ?? Date.now() / 1000);
  if (SCALARS[query] !== undefined) return success('scalar', [time, SCALARS[query]]);
  if (query === '"text"') return success('string', [time, 'text']);
  const values = VECTORS[query];
  if (!values) return refused(query);
  return success(
    'vector',
    values.map((value) => ({ metric: {}, value: [time, value] })),
  );
}

function range(query: string, params: URLSearchParams): Answered {
  const [start = 0, end = 0, step = 1] = ['start', 'end', 'step'].map((name) => Number(params.get(name)));
  const times = Array.from({ length: Math.floor((end - start) / step + 1e-9) + 1 }, (_, index) => start + index * step);
  const values = VECTORS[query] ?? (SCALARS[query] === undefined ? null : [SCALARS[query]]);
  if (!values) return refused(query);
  return success(
    'matrix',
    values.map((value) => ({ metric: {}, values: times.map((time) => [time, value]) })),
  );
}

function success(resultType: string, result: unknown): Answered {
  return { status: 'success', data: { resultType, result } };
}

function refused(query: string): Answered {
  return {
    status: 'error',
    errorType: 'bad_data',
    error: `invalid parameter "query": 1:${query.length}: parse error: unclosed left parenthesis`,
  };
}
