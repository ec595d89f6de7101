/** Shorter ones would be found in ordinary words. */
const SHORTEST = 6;
/** Of a secret that is made of parts, as kept tokens are, only what can be one by itself. */
const SHORTEST_PART = 16;
/** What follows the name of a scheme in an Authorization header (RFC 9110, 11.4), whatever it was made of. */
const CREDENTIALS = /\b(Basic|Bearer)\s+[\w.~+/=-]{6,}/gi;
/** Statuses without a body (Fetch standard, null body status). */
const BODILESS = new Set([204, 205, 304]);

/** Takes a session's secrets out of what servers say, since some quote what they were sent when they refuse it. */
export type Scrubber = {
  readonly note: (secret: string | null) => void;
  readonly clean: (text: string) => string;
};

export function makeScrubber(): Scrubber {
  const secrets = new Set<string>();
  return {
    note(secret) {
      if (secret === null) return;
      if (secret.trim().length >= SHORTEST) secrets.add(secret.trim());
      for (const [, part = ''] of secret.matchAll(/"((?:[^"\\]|\\.){16,})"/g)) if (part.length >= SHORTEST_PART) secrets.add(part);
    },
    clean: (text) => [...secrets].reduce((cleaned, secret) => cleaned.replaceAll(secret, '•••'), text).replaceAll(CREDENTIALS, '$1 •••'),
  };
}

/** A fetch whose refusals quote no secret: their words are shown to people and written into logs. */
export function scrubbedFetch(fetch: typeof globalThis.fetch, scrubber: Scrubber): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.status < 400 || response.body === null || BODILESS.has(response.status)) return response;
    return new Response(scrubber.clean(await response.text()), { status: response.status, statusText: response.statusText, headers: response.headers });
  };
}
