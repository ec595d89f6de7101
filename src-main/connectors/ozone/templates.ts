import { z } from 'zod';
import type { MessageTemplate } from '../connector.ts';
import type { Client } from './client.ts';
import { XrpcRefused } from './xrpc.ts';

/** tools.ozone.communication.defs#templateView */
const template = z.object({
  id: z.union([z.string().min(1), z.number().int()]).transform(String), name: z.string(), contentMarkdown: z.string(),
  subject: z.string().optional().catch(undefined), disabled: z.boolean().optional().catch(undefined), lang: z.string().optional().catch(undefined),
});
const listed = z.object({ communicationTemplates: z.array(template.nullable().catch(null)) });

/** The team's e-mail templates; none for a role that may not read them. The mail's subject stands in the first line. */
export async function messageTemplates(client: Client, labeler: string, signal: AbortSignal): Promise<readonly MessageTemplate[]> {
  try {
    const { communicationTemplates } = await client.get(labeler, 'tools.ozone.communication.listTemplates', {}, listed, signal);
    return communicationTemplates.filter((one) => one !== null).filter(({ disabled }) => disabled !== true).map(({ id, name, subject, contentMarkdown, lang }) => ({
      remoteId: id, name, text: subject === undefined || subject === '' ? contentMarkdown : `Subject: ${subject}\n\n${contentMarkdown}`, language: lang ?? null,
    }));
  } catch (error) {
    if (error instanceof XrpcRefused) return [];
    throw error;
  }
}
