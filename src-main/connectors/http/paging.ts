/** One link with its parameters; no two parts of it can match the same text, so that a hostile header costs no time. */
const LINK = /<([^<>]*)>\s*((?:;\s*[^\s",;=][^",;=]*=(?:"[^"]*"\s*|[^",;]*))*)/g;

/** The addresses of a Link header by relation (RFC 8288); relative ones are resolved against `base`. */
export function readLinks(header: string | null, base: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, target, parameters] of (header ?? '').matchAll(LINK)) {
    const relations = /;\s*rel=(?:"([^"]*)"|([^\s;",]+))/i.exec(parameters ?? '');
    if (target === undefined || !URL.canParse(target, base)) continue;
    for (const relation of (relations?.[1] ?? relations?.[2] ?? '').toLowerCase().split(/\s+/)) {
      if (relation !== '' && !found.has(relation)) found.set(relation, new URL(target, base).href);
    }
  }
  return found;
}

/** A form body; fields that are null or undefined are left out, lists repeat their name as it is given. */
export function formBody(fields: Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined) continue;
    for (const one of typeof value === 'object' ? value : [value]) form.append(name, String(one));
  }
  return form;
}
