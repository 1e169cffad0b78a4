/** What may stand in a vendor's `say:`, and what is filled in for it. */
export const VENDOR_WORDS = ['incident', 'target', 'procedure', 'since', 'impact'] as const;

/** The references of a text that nothing is filled in for. */
export function unknownWords(text: string): readonly string[] {
  const known: readonly string[] = VENDOR_WORDS;
  return [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, word = '']) => word).filter((word) => !known.includes(word));
}
