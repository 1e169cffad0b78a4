import { afterAll, beforeAll } from 'vitest';
import type { JsonServer } from './json-server.ts';
import { prometheusContract } from './prometheus-contract.ts';
import { startPrometheusStandIn } from './prometheus-stand-in.ts';

let server: JsonServer;

beforeAll(async () => {
  server = await startPrometheusStandIn();
});
afterAll(async () => await server.close());

prometheusContract(() => server.url);
