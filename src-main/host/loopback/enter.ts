/**
 * What a browser gets that has no session yet: a page that spends the token of its address, and nothing of the
 * desk. The address of a window that was closed says so instead of failing silently.
 */
export const ENTER_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Docket</title>
<link rel="stylesheet" href="/enter.css">
<script type="module" src="/enter.js"></script>
<p id="said" hidden>This window is not signed in to Docket. Start Docket again to open a new one: an address that was copied or used before does not work twice.</p>
<noscript>Docket needs JavaScript.</noscript>
</html>
`;

/** The key is kept for this window alone; the token leaves the address bar and the history at once. No answer is one, too: the page never stays empty. */
export const ENTER_SCRIPT = `const token = location.hash.slice(1);
history.replaceState(null, '', '/');
const answer = token === '' ? null : await fetch('/session', { method: 'POST', body: token, signal: AbortSignal.timeout(10_000) }).catch(() => null);
if (answer?.ok) sessionStorage.setItem('docket-key', await answer.text());
if (answer?.ok || (token === '' && sessionStorage.getItem('docket-key') !== null)) location.replace('/desk');
else document.getElementById('said').hidden = false;
`;

export const ENTER_STYLE = `:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-inline-size: 32rem; margin: 20vh auto; padding-inline: 1rem; }
`;
