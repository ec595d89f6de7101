/**
 * Puts text on the clipboard from a key or a click; false where that is not possible. The page's own copying needs no
 * permission, while the asynchronous clipboard does, and the shell grants pages none.
 */
export function copyText(text: string): boolean {
  let copied = false;
  function give(event: ClipboardEvent): void {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    copied = event.clipboardData !== null;
  }
  document.addEventListener('copy', give, { once: true });
  document.execCommand('copy');
  document.removeEventListener('copy', give);
  return copied;
}
