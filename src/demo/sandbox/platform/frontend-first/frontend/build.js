import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

// Writes the site to dist/, with the commit that it was built from beside it.
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
const shelf = readFileSync('shelf.html', 'utf8');
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/assets', { recursive: true });
writeFileSync('dist/index.html', `<!doctype html><title>The shop</title><script src="/assets/app.js"></script>${shelf}`);
writeFileSync('dist/assets/app.js', `globalThis.build = '${commit}';\n`);
writeFileSync('dist/build.json', JSON.stringify({ commit, status: shelf.includes('TypeError') ? 'broken' : 'healthy' }));
