/** How long a browser may keep an answer; what changes while one looks at it, not at all. */
export function browserSecondsFor(path: string): number {
  return path.startsWith('/api/shelves/') ? 5 : 0;
}
