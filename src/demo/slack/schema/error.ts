/** One complaint of Slack's validator, in the shape that `blocks.validate` answers with. An empty pointer means the payload as a whole. */
export interface SchemaError {
  code: 'missing_field' | 'invalid_type' | 'failed_constraint';
  message: string;
  pointer: string;
  field?: string;
  constraint?: Constraint;
}

/** The rule that was broken, with the limit and what came instead. */
export interface Constraint {
  type: string;
  expected?: unknown;
  got?: unknown;
}

/** The lines that `chat.*` puts into `errors`; `response_metadata.messages` has the same ones behind `[ERROR] `. */
export function describe(errors: readonly SchemaError[]): string[] {
  return errors.map(({ message, pointer }) => (pointer === '' ? message : `${message} [json-pointer:${pointer}]`));
}

/** A required field that isn't there; the pointer is the object's. */
export function missing(pointer: string, field: string): SchemaError {
  return { code: 'missing_field', message: `missing required field: ${field}`, pointer, field };
}

/** A value of the wrong JSON type, null included. */
export function wrongType(pointer: string, message: string): SchemaError {
  return { code: 'invalid_type', message, pointer };
}

/** A value of the right type that breaks a rule. */
export function failed(pointer: string, message: string, constraint?: Constraint): SchemaError {
  return { code: 'failed_constraint', message, pointer, ...(constraint === undefined ? {} : { constraint }) };
}

/** A string or text that is too long; Slack names the first length that is too much. */
export function tooLong(pointer: string, max: number, got: number): SchemaError {
  return failed(pointer, `must be less than ${max + 1} characters`, { type: 'max_length', expected: max, got });
}
