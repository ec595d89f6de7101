/** Where a host serves what the desk may load, as CSP sources. */
export type PolicySources = {
  /** The desk's way to its backend; empty where it is a MessagePort. */
  readonly connect: readonly string[];
  /** Cached media. */
  readonly media: readonly string[];
};

/**
 * The desk's Content-Security-Policy, sent as a header: nothing from outside, no inline script or style, no
 * string ever becomes script or markup (Trusted Types without any policy).
 */
export function contentPolicy({ connect, media }: PolicySources): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    `img-src ${["'self'", ...media].join(' ')}`,
    `media-src ${["'self'", ...media].join(' ')}`,
    `connect-src ${connect.length === 0 ? "'none'" : connect.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** Headers of every answer of either host, beside the policy. */
export const SAFE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=(), payment=()',
} as const;

/** The policy of a medium opened as a page of its own: it may do nothing at all. */
export const MEDIA_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";
