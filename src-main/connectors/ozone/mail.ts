import type { Order } from '../connector.ts';

/** A first line that names the mail's subject, as templates begin. */
const SUBJECT_LINE = /^Subject:\s*(\S[^\n]*)\n+/;

/** An e-mail's subject and content; `{{handle}}` stands for the member's handle, as in Ozone's own templates. */
export function mailOf(order: Order, handle: string): { readonly subjectLine: string; readonly content: string } {
  const message = (order.message ?? '').replaceAll(/\{\{\s*handle\s*\}\}/g, handle);
  const named = SUBJECT_LINE.exec(message);
  return { subjectLine: named?.[1]?.trim() ?? subjectLine(order), content: htmlOfMessage(named === null ? message : message.slice(named[0].length)) };
}

function subjectLine(order: Order): string {
  const about = order.guideline === null ? 'your account' : `our rule ${order.guideline}`;
  return order.verb === 'warn' ? `A warning about ${about}` : `A message from the moderators about ${about}`;
}

/** Ozone hands the content to the member's server as HTML (packages/pds/src/mailer/moderation.ts); its templates are Markdown. */
function htmlOfMessage(message: string): string {
  const safe = message.trim().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    .replaceAll(/\*\*([^*\n]+)\*\*/g, '<strong>$1</strong>')
    .replaceAll(/\[([^\]\n]+)\]\((https:\/\/[^\s)]+)\)/g, '<a href="$2">$1</a>');
  return safe.split(/\n{2,}/).map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`).join('');
}
