/** Turns a stream of text into another one, whatever pieces it arrives in; `end` gives what was held back. */
export type TextFilter = {
  push(text: string): string;
  end(): string;
};

/** One filter after the other. */
export function chain(...filters: readonly TextFilter[]): TextFilter {
  return {
    push: (text) => filters.reduce((rest, filter) => filter.push(rest), text),
    end: () => filters.reduce((rest, filter) => filter.push(rest) + filter.end(), ''),
  };
}
