import type { HttpAction } from '../../procedure/action.ts';
import { jsonCall } from '../json-template.ts';
import { quote, wordOf } from '../word.ts';

/** A request, by curl. */
export function httpLines({ method, url, headers, json, status, pointer }: HttpAction<string>): readonly string[] {
  const given = Object.entries(headers).map(([name, value]) => `${quote(name)} ${wordOf(value)}`);
  const body = json === undefined ? "''" : `"$(${jsonCall(json)})"`;
  const address = wordOf(url, { values: 'in_url' });
  return [['http_request', method, address, `'${(status ?? []).join(' ')}'`, pointerWord(pointer), body, ...given].join(' ')];
}

/** Where in an answer something stands; a dash for all of it. */
export function pointerWord(pointer: string | undefined): string {
  return pointer === undefined ? '-' : quote(pointer);
}
