/** A trigger of the document, what it says of it, and the rule of rollbot.yml that serves it. */
export type WantedTrigger = {
  /** What of the document's line says its figures. */
  readonly line: RegExp;
  readonly trigger: string;
  readonly when: object;
  readonly procedure: string;
  readonly otherwise?: string;
  readonly mode: 'propose' | 'countdown' | 'auto';
};

const MINUTES = 60_000;

/** Those of the first list, in its order: nobody waits. */
export const IMMEDIATE: readonly WantedTrigger[] = [
  {
    line: /Error Rate > 10%.*Automatic rollback/,
    trigger: 'error-rate-high',
    when: { kind: 'error-rate', metric: 'error_rate', above: 0.1 },
    procedure: 'last-changed',
    otherwise: 'emergency',
    mode: 'auto',
  },
  {
    line: /Outage.*> 2 minutes/,
    trigger: 'outage',
    when: { kind: 'outage', 'longer-than': 2 * MINUTES },
    procedure: 'emergency',
    mode: 'countdown',
  },
  {
    line: /Data Corruption/,
    trigger: 'data-corruption',
    when: { kind: 'event', event: 'data-corruption' },
    procedure: 'database-restore',
    mode: 'propose',
  },
  {
    line: /Security Breach/,
    trigger: 'security-breach',
    when: { kind: 'event', event: 'security-breach' },
    procedure: 'emergency',
    mode: 'propose',
  },
  {
    line: /> 500% increase in response times/,
    trigger: 'response-time-critical',
    when: { kind: 'response-time', 'at-once': { from: 5 } },
    procedure: 'performance-middleware',
    mode: 'countdown',
  },
];

/** Those of the second, in its order: they are watched first. From +300 to +500 % the document says nothing, so it is half the time. */
export const STAGED: readonly WantedTrigger[] = [
  {
    line: /Error Rate 5-10%.*5 minutes.*not improving/,
    trigger: 'error-rate-raised',
    when: { kind: 'error-rate', metric: 'error_rate', band: { from: 0.05, hold: 5 * MINUTES, improved: 0.2 } },
    procedure: 'last-changed',
    otherwise: 'emergency',
    mode: 'propose',
  },
  {
    line: /200-300%.*10 minutes/,
    trigger: 'response-time-raised',
    when: {
      kind: 'response-time',
      bands: [
        { from: 2, hold: 10 * MINUTES },
        { from: 3, hold: 5 * MINUTES },
      ],
    },
    procedure: 'performance-middleware',
    mode: 'propose',
  },
  {
    line: /Single portal.*> 10 minutes/,
    trigger: 'portal-failing',
    when: { kind: 'one-of-many', 'longer-than': 10 * MINUTES },
    procedure: 'frontend',
    mode: 'propose',
  },
  {
    line: /Cache unavailable for > 5 minutes/,
    trigger: 'cache-unavailable',
    when: { kind: 'unavailable', 'longer-than': 5 * MINUTES },
    procedure: 'cache',
    mode: 'propose',
  },
];
