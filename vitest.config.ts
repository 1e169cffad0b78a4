import { defineConfig } from 'vitest/config';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  throw new Error(
    `Rollbot's tests need Node 22.19 or newer, and this is ${process.version}: run them with "npm test", which brings its own.`,
  );
}

/** How the sandbox breaks and recovers, by the clock on the wall. */
const BY_THE_CLOCK = ['test/demo/sandbox/@(recovery|isolation|without-redis).test.ts', 'test/stories/sabotage.test.ts'];

/** The shipped procedures on a production that is really broken, and what else needs a real Prometheus. */
const SANDBOXED = [
  'test/procedures/!(no-traffic|rehearsals|source-document).test.ts',
  'test/stories/procedures/*.test.ts',
  'test/readings/real-prometheus*.test.ts',
];

const KILLING = ['test/torture/**/*.test.ts', 'test/browser/**/*.test.ts', 'test/image/**/*.test.ts', ...BY_THE_CLOCK];

const PATIENT = { testTimeout: 600_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } } };

// `fast` is what `npm test` runs; `slow` kills real processes many times over, opens a real browser and runs the image; `procedures`
// plays all that is shipped in a sandbox that is really broken.
export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      {
        test: {
          ...PATIENT,
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: [...KILLING, ...SANDBOXED],
          testTimeout: 300_000,
        },
      },
      { test: { ...PATIENT, name: 'slow', include: KILLING } },
      { test: { ...PATIENT, name: 'procedures', include: SANDBOXED } },
    ],
  },
});
