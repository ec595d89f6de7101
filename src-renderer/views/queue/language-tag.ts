const own = typeof navigator === 'undefined' ? 'en' : navigator.language.split('-')[0];

/** A language's short tag where it is not the reader's own; null otherwise. */
export function languageTag(language: string | null): string | null {
  if (language === null || language === '') return null;
  const [primary = ''] = language.toLowerCase().split(/[-_]/);
  return primary === own || primary === 'und' ? null : primary;
}
