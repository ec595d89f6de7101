import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Signs a browser in: a token opens one window once, the window then has a cookie and a key. */
export type Sessions = {
  /** A token for one window, good once. */
  readonly issueToken: () => string;
  /** Spends a token; null where it is not one or was spent. */
  readonly redeem: (token: string) => { readonly cookie: string; readonly key: string } | null;
  readonly hasCookie: (cookie: string | null) => boolean;
  readonly hasKey: (cookie: string | null, key: string | null) => boolean;
};

/** Windows nobody opened need not wait forever. */
const MOST_TOKENS = 50;

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Compares without telling by its time how much was right. */
function same(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/**
 * Sessions live as long as the process. The cookie (HttpOnly, SameSite=Strict) lets a window load files; browsers
 * send cookies to every port of a host, so it does not suffice for the socket: that wants the window's key too,
 * which the page keeps in its sessionStorage, where no other port, tab or browser can read it.
 */
export function makeSessions(): Sessions {
  const tokens: string[] = [];
  const open = new Map<string, string>();

  function keyOf(cookie: string | null): string | null {
    if (cookie === null) return null;
    for (const [known, key] of open) if (same(known, cookie)) return key;
    return null;
  }

  return {
    issueToken() {
      const token = secret();
      tokens.push(token);
      if (tokens.length > MOST_TOKENS) tokens.shift();
      return token;
    },
    redeem(token) {
      const index = tokens.findIndex((known) => same(known, token));
      if (index === -1) return null;
      tokens.splice(index, 1);
      const session = { cookie: secret(), key: secret() };
      open.set(session.cookie, session.key);
      return session;
    },
    hasCookie: (cookie) => keyOf(cookie) !== null,
    hasKey(cookie, key) {
      const known = keyOf(cookie);
      return known !== null && key !== null && same(known, key);
    },
  };
}
