/** The sentence of an error that was meant for the person; null where it is a bug, which belongs in the log. */
export function sentenceOf(error: unknown): string | null {
  return error instanceof Error && (error.name === 'Failure' || error.name === 'BackendRefused') ? error.message : null;
}
