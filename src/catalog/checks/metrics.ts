import { parseDuration } from '../../core/duration.ts';
import { didYouMean } from '../../core/procedure/nearest.ts';
import { isOn, metricOf } from '../../core/reading/metric.ts';
import type { MetricSettings } from '../../core/reading/schema.ts';
import { parseText, writeReference } from '../../core/reference.ts';
import type { Reference } from '../../core/reference.ts';
import type { Settings, Target } from '../../core/settings.ts';
import type { Finding, Path } from '../finding.ts';
import { noMetric } from './metric-names.ts';
import { textsIn } from './references.ts';

/** Each metric has one source, and what it refers to is there on every target that has the metric. */
export function metricMistakes(settings: Settings): readonly Finding[] {
  const { metrics = {}, 'key-metrics': keyMetrics = [] } = settings;
  return [
    ...Object.entries(metrics).flatMap(([name, metric]) => mistakesOf(name, metric, settings)),
    ...keyMetrics.flatMap((name, index) =>
      Object.hasOwn(metrics, name) ? [] : [{ path: ['key-metrics', index], says: noMetric(name, Object.keys(metrics)) }],
    ),
  ];
}

function mistakesOf(name: string, metric: MetricSettings, settings: Settings): readonly Finding[] {
  const path = ['metrics', name];
  const one = oneSource(metric, path);
  if (one.length > 0) return one;
  const known = Object.keys(settings.targets);
  const targets = (metric.targets ?? []).flatMap((target, index) =>
    known.includes(target)
      ? []
      : [
          {
            path: [...path, 'targets', index],
            says: `There is no target "${target}".${didYouMean(target, known)} Expected one of "targets".`,
          },
        ],
  );
  const having = Object.entries(settings.targets).filter(([target]) => isOn(metric, target));
  return [...targets, ...times(name, metric, path), ...texts(metric, path, having)];
}

function oneSource({ prometheus, http }: MetricSettings, path: Path): readonly Finding[] {
  if (prometheus && http) return [{ path: [...path, 'http'], on: 'key', says: 'Found prometheus and http; expected only one of them.' }];
  return prometheus || http ? [] : [{ path, says: 'Nothing says where it is read; expected "prometheus" or "http".' }];
}

/** A number that is stale before the next one is read would be none for most of the time. */
function times(name: string, metric: MetricSettings, path: Path): readonly Finding[] {
  const { everyMs = 0 } = metricOf({ [name]: metric }, name) ?? {};
  if (metric.stale === undefined || (parseDuration(metric.stale) ?? 0) >= everyMs) return [];
  return [
    {
      path: [...path, 'stale'],
      says: `Found ${metric.stale}, which is shorter than ${metric.every ?? '15s'}; expected at least as long as "every".`,
    },
  ];
}

type Having = readonly (readonly [name: string, target: Target])[];

function texts({ prometheus, http }: MetricSettings, path: Path, having: Having): readonly Finding[] {
  const [kind, source] = prometheus ? ['prometheus', prometheus] : ['http', http];
  return [...textsIn(source, [])].flatMap(({ path: inside, text }) => {
    const field = [kind, ...inside].slice(0, 2).join('.');
    const at = [...path, kind, ...inside];
    const pieces = parseText(text);
    if ('mistake' in pieces) return [{ path: at, says: pieces.mistake }];
    const found = pieces.flatMap((piece) => {
      const says = typeof piece === 'string' ? undefined : misplaced(piece, field, having);
      return says === undefined ? [] : [{ path: at, says }];
    });
    return found.length > 0 || inside[0] !== 'url' ? found : wrongUrl(text, at, having);
  });
}

const QUERIES = ['prometheus.query', 'prometheus.samples'];
const WITH_TARGET = [...QUERIES, 'prometheus.url', 'http.url', 'prometheus.headers', 'http.headers'];
/** What means the same in a query wherever it is put: nothing that ends a text, or begins an expression. */
const HARMLESS = /^[\w .:/-]*$/;

function misplaced(reference: Reference, field: string, having: Having): string | undefined {
  const [name = ''] = reference.path;
  const found = `Found ${writeReference(reference)}`;
  if (!WITH_TARGET.includes(field)) return `${found}, and references are not filled in here; expected plain text.`;
  if (reference.scope !== 'target' && reference.scope !== 'secrets') {
    return `${found}; expected \${target.<name>} or \${secrets.<name>}: no run is going on here.`;
  }
  if (reference.scope === 'secrets' && !field.endsWith('.headers')) return `${found}; expected a secret only in a header.`;
  const what = reference.scope === 'target' ? 'variable' : 'secret';
  for (const [where, target] of having) {
    const values: Readonly<Record<string, unknown>> = (reference.scope === 'target' ? target.vars : target.secrets) ?? {};
    if (!Object.hasOwn(values, name)) {
      const near = didYouMean(name, Object.keys(values));
      return `There is no ${what} "${name}" on ${where}.${near} Expected it on every target that has this metric.`;
    }
    if (QUERIES.includes(field) && !HARMLESS.test(String(values[name]))) {
      return `${found}, which is "${String(values[name])}" on ${where}; expected only letters, digits and _ . : / - in what is put into a query.`;
    }
  }
  return undefined;
}

function wrongUrl(text: string, path: Path, having: Having): readonly Finding[] {
  const wrong = having.find(
    ([, { vars = {} }]) => !isUsable(text.replaceAll(/\$\{target\.(\w+)\}/g, (_, name: string) => String(vars[name]))),
  );
  return wrong ? [{ path, says: `This is no http or https URL on ${wrong[0]}; expected one, without a user or password in it.` }] : [];
}

function isUsable(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}
