import type { MessageTemplate } from '../connector.ts';

/** What the moderators of Harbour have written in advance. */
export const TEMPLATES: readonly MessageTemplate[] = [
  {
    remoteId: 'adverts', name: 'No adverts, please', language: 'en',
    text: 'Hello,\n\nwe took your post away because it advertises something. You may offer your own things in the market thread.\n\nThe moderators',
  },
  {
    remoteId: 'tone', name: 'Mind your tone', language: 'en',
    text: 'Hello,\n\nplease speak about the matter and not about the person. We keep the thread open as long as that goes well.\n\nThe moderators',
  },
];
