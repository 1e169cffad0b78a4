import { z } from 'zod';

type Place = { readonly prometheus: string; readonly alertmanager: string };

const Rules = z.object({ data: z.object({ groups: z.array(z.object({ rules: z.array(z.object({ name: z.string() })) })) }) });
const Result = z.object({ data: z.object({ result: z.array(z.unknown()) }) });
const Alerts = z.array(z.unknown());
const BASIC = ['HighErrorRate', 'SlowResponse'];

/** What somebody finds wrong who looks at the monitoring, as sentences; none where it does its job. */
export async function whatIsWrong({ prometheus, alertmanager }: Place): Promise<readonly string[]> {
  const [metrics, rules, figures, alerts] = await Promise.all([
    read(`${prometheus}/metrics`),
    readJson(`${prometheus}/api/v1/rules`, Rules),
    readJson(`${prometheus}/api/v1/query?query=error_rate`, Result),
    readJson(`${alertmanager}/api/v2/alerts?filter=${encodeURIComponent('alertname="Watchdog"')}`, Alerts),
  ]);
  const loaded = rules.data.groups.flatMap((group) => group.rules.map(({ name }) => name));
  return [
    ...(/^prometheus_config_last_reload_successful 1$/m.test(metrics) ? [] : ['Prometheus has refused its newest configuration.']),
    ...(BASIC.every((name) => loaded.includes(name)) ? [] : ['Nothing would say that requests fail or are slow.']),
    ...(figures.data.result.length > 0 ? [] : ['The dashboard has nothing to show.']),
    ...(alerts.length > 0 ? [] : ['No alert reaches anybody.']),
  ];
}

async function read(url: string): Promise<string> {
  return await (await fetch(url)).text();
}

async function readJson<T>(url: string, shape: z.ZodType<T>): Promise<T> {
  return shape.parse(await (await fetch(url)).json());
}
