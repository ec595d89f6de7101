/** A message that the team has written in advance on a platform. */
export type Template = { readonly id: string; readonly name: string; readonly text: string; readonly language: string | null };

/** A message with a template in it: in the place of nothing or of another template, else below what was written. */
export function withTemplate(message: string, text: string, all: readonly Template[]): string {
  const written = message.trim();
  return written === '' || all.some((template) => template.text.trim() === written) ? text : `${message.trimEnd()}\n\n${text}`;
}
