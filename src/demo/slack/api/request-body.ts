import { isJson } from '../state/blocks.ts';
import { parsedJson, type Arguments } from './arguments.ts';

/** A request to the Web API or to a response_url, read from the wire. */
export interface ApiRequest {
  method: string;
  verb: string;
  authorization: string;
  contentType: string;
  query: URLSearchParams;
  body: Buffer;
}

export type ReadBody = { ok: true; args: Arguments; form: boolean; warnings: string[] } | { ok: false; error: string };

/** Reads the arguments out of a query, a form or a JSON body, with Slack's complaints about what is neither. */
export async function readBody(request: ApiRequest): Promise<ReadBody> {
  const query = Object.fromEntries(request.query);
  if (request.verb === 'GET' || (request.body.length === 0 && request.contentType === '')) return form(query);
  const [type = '', ...parameters] = request.contentType.split(';').map((part) => part.trim().toLowerCase());
  switch (type) {
    case 'application/json':
      return readJson(request, parameters, query);
    case 'application/x-www-form-urlencoded':
      return form({ ...query, ...Object.fromEntries(new URLSearchParams(request.body.toString())) });
    case 'multipart/form-data':
      return readMultipart(request, query);
    case '':
      return { ok: false, error: 'missing_post_type' };
    default:
      return { ok: false, error: 'invalid_post_type' };
  }
}

/** The bytes of an upload, whether they came bare or as the only part of a form. */
export async function uploadedBytes(request: ApiRequest): Promise<Buffer> {
  if (!request.contentType.startsWith('multipart/form-data')) return request.body;
  const parts = await multipart(request);
  const part = parts?.values().next().value;
  return part instanceof Blob ? Buffer.from(await part.arrayBuffer()) : Buffer.from(part ?? '');
}

function form(args: Arguments): ReadBody {
  return { ok: true, args, form: true, warnings: [] };
}

function readJson(request: ApiRequest, parameters: readonly string[], query: Arguments): ReadBody {
  const body = request.body.length === 0 ? {} : parsedJson(request.body.toString());
  if (body === undefined) return { ok: false, error: 'invalid_json' };
  if (!isJson(body)) return { ok: false, error: 'json_not_object' };
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset && !/^charset="?(utf-8|utf8|iso-8859-1)"?$/.test(charset)) return { ok: false, error: 'invalid_charset' };
  return { ok: true, args: { ...query, ...body }, form: false, warnings: charset ? [] : ['missing_charset'] };
}

async function readMultipart(request: ApiRequest, query: Arguments): Promise<ReadBody> {
  const parts = await multipart(request);
  if (!parts) return { ok: false, error: 'invalid_form_data' };
  return form({ ...query, ...Object.fromEntries([...parts].filter(([, value]) => typeof value === 'string')) });
}

async function multipart(request: ApiRequest): Promise<FormData | null> {
  try {
    return await new Response(new Uint8Array(request.body), { headers: { 'content-type': request.contentType } }).formData();
  } catch {
    return null;
  }
}
