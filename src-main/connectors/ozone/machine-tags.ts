/** What is set by Ozone itself and never by hand. */
export function isByMachine(tag: string): boolean {
  return /^(?:report|lang|embed):/.test(tag) || tag === 'scheduled-takedown';
}
