const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/;
const ALL_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
const OVERRIDES = new Set(['\u202d', '\u202e']);

/**
 * Text that cannot change the order of what stands beside it (UAX #9, explicit directional formatting). The overrides
 * U+202D and U+202E, which make text read otherwise than it is written, become a visible U+FFFD; embeddings, isolates
 * and their ends (U+202A–202C, U+2066–2069) are taken out, since the desk isolates each block of its own accord.
 */
export function harmlessBidi(text: string): string {
  return CONTROLS.test(text) ? text.replace(ALL_CONTROLS, (char) => (OVERRIDES.has(char) ? '\ufffd' : '')) : text;
}
