import type { ConnectorIo } from '../../src-main/connectors/connector.ts';

/** A person in the browser who allows what is asked; `codeOf` is what the platform gives for it. */
export function allowing(io: ConnectorIo, codeOf: (page: URL) => string): ConnectorIo {
  return {
    ...io,
    async openExternal(url) {
      await io.openExternal(url);
      const page = new URL(url);
      const redirect = new URL(page.searchParams.get('redirect_uri') ?? '');
      redirect.searchParams.set('code', codeOf(page));
      redirect.searchParams.set('state', page.searchParams.get('state') ?? '');
      await fetch(redirect);
    },
  };
}
