import { defineConfig } from 'vitest/config';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  throw new Error(
    `Rollbot's tests need Node 22.19 or newer, and this is ${process.version}: run them with "npm test", which brings its own.`,
  );
}

// `fast` is what `npm test` runs; `slow` kills real processes many times over, opens a real browser and runs the image.
export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/torture/**', 'test/browser/**', 'test/image/**'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'slow',
          include: ['test/torture/**/*.test.ts', 'test/browser/**/*.test.ts', 'test/image/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
